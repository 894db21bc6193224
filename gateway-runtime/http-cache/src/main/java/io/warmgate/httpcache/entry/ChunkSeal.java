package io.warmgate.httpcache.entry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of a body, encrypted as {@link EntrySeal} does slots. A chunk is sealed for the name that
 * it lies under, which has the entry's key, the body's id and the chunk's place in it: put
 * elsewhere it is not opened.
 *
 * <pre>
 * offset 0   8  id of the key
 *        8  12  nonce
 *       20   .  the chunk, encrypted
 *   end-16  16  tag over that and the name
 * </pre>
 *
 * @param keys the first seals, all open; at least one
 */
public record ChunkSeal(List<EntryKey> keys) {
  /** No slot begins with it: a chunk is never taken for one, nor the other way round. */
  private static final byte[] WHAT = "WGCP".getBytes(StandardCharsets.US_ASCII);

  private static final int FROM = EntryKey.ID_LENGTH + EntrySeal.NONCE_LENGTH;
  private static final int TAG = 16;

  public ChunkSeal {
    keys = List.copyOf(keys);
  }

  /**
   * Seals a chunk.
   *
   * @param name that it is stored under
   * @param nonce {@link EntrySeal#NONCE_LENGTH} bytes by chance; never twice with the same key
   */
  public byte[] seal(byte[] plain, byte[] name, byte[] nonce) {
    EntryKey key = keys.getFirst();
    byte[] sealed = new byte[FROM + plain.length + TAG];
    System.arraycopy(key.id(), 0, sealed, 0, EntryKey.ID_LENGTH);
    System.arraycopy(nonce, 0, sealed, EntryKey.ID_LENGTH, EntrySeal.NONCE_LENGTH);
    try {
      cipher(Cipher.ENCRYPT_MODE, key, sealed, name).doFinal(plain, 0, plain.length, sealed, FROM);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /**
   * Opens what {@link #seal} gave.
   *
   * @param name that it was found under
   * @return empty where it cannot be trusted
   */
  public Optional<byte[]> open(byte[] sealed, byte[] name) {
    EntryKey key = sealed.length < FROM + TAG ? null : keyOf(sealed);
    if (key == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, key, sealed, name)
              .doFinal(sealed, FROM, sealed.length - FROM));
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  private @Nullable EntryKey keyOf(byte[] sealed) {
    for (EntryKey key : keys) {
      if (Arrays.equals(sealed, 0, EntryKey.ID_LENGTH, key.id(), 0, EntryKey.ID_LENGTH)) {
        return key;
      }
    }
    return null;
  }

  private static Cipher cipher(int mode, EntryKey key, byte[] sealed, byte[] name)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        key.key(),
        new GCMParameterSpec(8 * TAG, sealed, EntryKey.ID_LENGTH, EntrySeal.NONCE_LENGTH));
    cipher.updateAAD(WHAT);
    cipher.updateAAD(sealed, 0, EntryKey.ID_LENGTH);
    cipher.updateAAD(name);
    return cipher;
  }
}
