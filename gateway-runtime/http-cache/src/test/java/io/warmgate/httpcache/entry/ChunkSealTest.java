package io.warmgate.httpcache.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkSealTest {
  private static final byte[] NAME = name("wg:{u}:e:key:body:0");
  private static final byte[] NONCE = new byte[EntrySeal.NONCE_LENGTH];
  private static final byte[] CHUNK = name("some of a body");
  private static final EntryKey OLD = key(1);
  private static final EntryKey NEW = key(2);
  private static final ChunkSeal SEAL = new ChunkSeal(List.of(OLD));

  private static byte[] name(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static EntryKey key(int fill) {
    byte[] bytes = new byte[EntryKey.LENGTH];
    Arrays.fill(bytes, (byte) fill);
    return new EntryKey(bytes);
  }

  @Test
  void aChunkIsReadUnderItsNameAlone() {
    byte[] sealed = SEAL.seal(CHUNK, NAME, NONCE);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("some of");
    assertThat(SEAL.open(sealed, NAME)).hasValue(CHUNK);
    for (String other :
        List.of("wg:{u}:e:key:body:1", "wg:{u}:e:key:other:0", "wg:{u}:e:other:body:0")) {
      assertThat(SEAL.open(sealed, name(other))).as(other).isEmpty();
    }
  }

  @Test
  void everyChangedBitAndEveryOtherLengthIsNone() {
    byte[] sealed = SEAL.seal(CHUNK, NAME, NONCE);
    for (int i = 0; i < sealed.length; i++) {
      for (int bit = 1; bit < 256; bit <<= 1) {
        byte[] changed = sealed.clone();
        changed[i] ^= (byte) bit;
        assertThat(SEAL.open(changed, NAME)).as("byte %d bit %d", i, bit).isEmpty();
      }
      assertThat(SEAL.open(Arrays.copyOf(sealed, i), NAME)).as("%d bytes", i).isEmpty();
    }
    assertThat(SEAL.open(Arrays.copyOf(sealed, sealed.length + 1), NAME)).isEmpty();
  }

  @Test
  void theFirstKeySealsAndAllOpen() {
    byte[] sealed = SEAL.seal(CHUNK, NAME, NONCE);
    ChunkSeal rotated = new ChunkSeal(List.of(NEW, OLD));
    assertThat(rotated.open(sealed, NAME)).hasValue(CHUNK);
    assertThat(SEAL.open(rotated.seal(CHUNK, NAME, NONCE), NAME)).isEmpty();
    assertThat(new ChunkSeal(List.of(NEW)).open(sealed, NAME)).isEmpty();
  }

  /** The two kinds of sealed bytes have one key: neither is ever taken for the other. */
  @Test
  void aChunkIsNoSlotAndASlotIsNoChunk() {
    EntrySeal slots = new EntrySeal(List.of(OLD));
    byte[] slot = slots.seal(EntryFormat.write(EntryFormatTest.RESPONSE), NAME, NONCE);
    assertThat(SEAL.open(slot, NAME)).isEmpty();
    assertThat(slots.open(SEAL.seal(CHUNK, NAME, NONCE), NAME)).isEmpty();
  }
}
