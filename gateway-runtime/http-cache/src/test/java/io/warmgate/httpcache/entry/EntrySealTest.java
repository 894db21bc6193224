package io.warmgate.httpcache.entry;

import static io.warmgate.httpcache.Messages.MATERIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntrySealTest {
  private static final byte[] NAME = "wg:{u}:e:key".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NONCE = HexFormat.of().parseHex("000102030405060708090a0b");
  private static final EntryKey OLD = key(1);
  private static final EntryKey NEW = key(2);
  private static final EntrySeal SEAL = new EntrySeal(List.of(OLD));
  private static final byte[] PLAIN = EntryFormat.write(EntryFormatTest.RESPONSE);

  private static EntryKey key(int fill) {
    byte[] bytes = new byte[EntryKey.LENGTH];
    Arrays.fill(bytes, (byte) fill);
    return new EntryKey(bytes);
  }

  private static byte[] sealed() {
    return SEAL.seal(PLAIN, NAME, NONCE);
  }

  /** What was sealed by a runtime of before must be opened by the next one. */
  @Test
  void isWhatTheGoldenFileHolds() throws IOException {
    String resource = "/io/warmgate/httpcache/entry/sealed-v2.hex";
    try (InputStream in =
        Objects.requireNonNull(EntrySealTest.class.getResourceAsStream(resource), resource)) {
      String golden = new String(in.readAllBytes(), StandardCharsets.US_ASCII).replace("\n", "");
      assertThat(HexFormat.of().formatHex(sealed())).isEqualTo(golden);
    }
  }

  @Test
  void opensWhatItSealed() {
    assertThat(SEAL.open(sealed(), NAME)).hasValue(PLAIN);
    byte[] index = EntryFormat.write(EntryFormatTest.INDEX);
    assertThat(
            SEAL.open(SEAL.seal(index, NAME, NONCE), NAME)
                .flatMap(plain -> EntryFormat.read(plain, MATERIAL)))
        .contains(EntryFormatTest.INDEX);
  }

  /** The store's script compares kind and order where they are. */
  @Test
  void kindAndOrderStayWhereTheyWere() {
    int end = EntryFormat.ORDER_OFFSET + EntryFormat.ORDER_LENGTH;
    assertThat(Arrays.copyOfRange(sealed(), 4, end)).isEqualTo(Arrays.copyOfRange(PLAIN, 4, end));
  }

  /** Of version 3 the script reads where the chunks are, too. */
  @Test
  void theChunksOfASealedHeadAreWhereTheyWereAndCannotBeChanged() {
    byte[] plain = EntryFormat.write(EntryFormatTest.IN_CHUNKS);
    byte[] sealed = SEAL.seal(plain, NAME, NONCE);
    assertThat(Arrays.copyOfRange(sealed, 4, 52)).isEqualTo(Arrays.copyOfRange(plain, 4, 52));
    assertThat(SEAL.open(sealed, NAME)).hasValue(plain);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(SEAL.open(changed, NAME)).as("byte %d", i).isEmpty();
      assertThat(SEAL.open(Arrays.copyOf(sealed, i), NAME)).as("%d bytes", i).isEmpty();
    }
  }

  @Test
  void nothingElseIsReadable() {
    String bytes = new String(sealed(), StandardCharsets.ISO_8859_1);
    assertThat(new String(PLAIN, StandardCharsets.ISO_8859_1)).contains("hello", "text/plain");
    assertThat(bytes).doesNotContain("hello", "text/plain", "etag", "g1", "t1");
  }

  @Test
  void everyChangedBitIsAMiss() {
    for (int i = 0; i < sealed().length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = sealed();
        changed[i] ^= (byte) (1 << bit);
        assertThat(SEAL.open(changed, NAME)).as("bit %d of byte %d", bit, i).isEmpty();
      }
    }
  }

  @Test
  void cutOrLongerIsAMiss() {
    byte[] sealed = sealed();
    for (int length = 0; length < sealed.length; length++) {
      assertThat(SEAL.open(Arrays.copyOf(sealed, length), NAME)).as("%d bytes", length).isEmpty();
    }
    assertThat(SEAL.open(Arrays.copyOf(sealed, sealed.length + 1), NAME)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wg:{u}:e:other", "wg:{v}:e:key", "wg:{u}:f:key", ""})
  void underAnotherNameIsAMiss(String other) {
    assertThat(SEAL.open(sealed(), other.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void anotherKeyIsAMiss() {
    assertThat(new EntrySeal(List.of(NEW)).open(sealed(), NAME)).isEmpty();
  }

  @Test
  void theFirstKeySealsAndAllOpen() {
    EntrySeal rotated = new EntrySeal(List.of(NEW, OLD));
    assertThat(rotated.open(sealed(), NAME)).hasValue(PLAIN);
    byte[] renewed = rotated.seal(PLAIN, NAME, NONCE);
    assertThat(SEAL.open(renewed, NAME)).isEmpty();
    assertThat(new EntrySeal(List.of(OLD, NEW)).open(renewed, NAME)).hasValue(PLAIN);
  }

  /** Else who can write to the store could write answers. */
  @Test
  void whatIsNotSealedIsAMiss() {
    assertThat(SEAL.open(PLAIN, NAME)).isEmpty();
    assertThat(EntryFormat.read(sealed(), MATERIAL)).isEmpty();
  }

  @Test
  void aPartitionIsCalledByAKeyedDigest() {
    String partition = "ab".repeat(32);
    String called = SEAL.called(partition);
    assertThat(called).matches("[0-9a-f]{64}").isNotEqualTo(partition);
    assertThat(SEAL.called("ac".repeat(32))).isNotEqualTo(called);
    assertThat(new EntrySeal(List.of(NEW, OLD)).called(partition)).isNotEqualTo(called);
    assertThat(new EntrySeal(List.of(OLD, NEW)).called(partition)).isEqualTo(called);
  }

  @Test
  void aKeyIsOf256BitsAndPrintsNothingOfThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EntryKey(new byte[16]))
        .withMessage("is 16 bytes long, not 32");
    assertThatIllegalArgumentException().isThrownBy(() -> new EntrySeal(List.of()));
    assertThat(key(1)).isEqualTo(OLD).isNotEqualTo(NEW).hasSameHashCodeAs(OLD);
    assertThat(SEAL.toString()).doesNotContain("0101").contains(OLD.toString());
  }
}
