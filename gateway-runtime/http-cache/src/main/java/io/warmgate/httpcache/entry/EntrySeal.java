package io.warmgate.httpcache.entry;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Slots encrypted for the time that they lie in a store that others can read or write: AES-256-GCM
 * (<a href="https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf">NIST SP
 * 800-38D</a>). What was changed, cut, put under another name or sealed with a key that is not
 * among these is not opened, and never an exception.
 *
 * <pre>
 * offset 0   4  magic "WGCX"
 *        4  28  as in {@link EntryFormat}: version, kind, order; in plain, since a script of the
 *               store compares them, and authenticated
 *       32  20  version 3 alone: id and number of chunks, in plain too
 *        .   8  id of the key
 *        .  12  nonce
 *        .   .  the rest of the slot, encrypted
 *   end-16  16  tag over everything before and the name that it is stored under
 * </pre>
 *
 * @param keys the first seals, all open; at least one
 */
public record EntrySeal(List<EntryKey> keys) {
  /** In bytes. */
  public static final int NONCE_LENGTH = 12;

  private static final byte[] PLAIN_MAGIC = {'W', 'G', 'C', 'E'};
  private static final byte[] MAGIC = {'W', 'G', 'C', 'X'};
  private static final int HEAD = 32;
  private static final int HEAD_IN_CHUNKS = HEAD + 20;
  private static final int VERSION_OFFSET = 4;
  private static final int TAG_BITS = 128;

  public EntrySeal {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("needs a key");
    }
  }

  /**
   * Seals a slot.
   *
   * @param plain as {@link EntryFormat#write} gives it
   * @param name that it is stored under
   * @param nonce {@link #NONCE_LENGTH} bytes by chance; never twice with the same key
   */
  public byte[] seal(byte[] plain, byte[] name, byte[] nonce) {
    if (nonce.length != NONCE_LENGTH) {
      throw new IllegalArgumentException("the nonce is " + nonce.length + " bytes long");
    }
    EntryKey key = keys.getFirst();
    int head = head(plain);
    int from = sealedFrom(head);
    byte[] sealed = new byte[from + plain.length - head + TAG_BITS / 8];
    System.arraycopy(plain, 0, sealed, 0, head);
    System.arraycopy(MAGIC, 0, sealed, 0, MAGIC.length);
    System.arraycopy(key.id(), 0, sealed, head, EntryKey.ID_LENGTH);
    System.arraycopy(nonce, 0, sealed, head + EntryKey.ID_LENGTH, NONCE_LENGTH);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, sealed, name);
      cipher.doFinal(plain, head, plain.length - head, sealed, from);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /**
   * Opens what {@link #seal} gave.
   *
   * @param name that it was found under
   * @return the slot as {@link EntryFormat#read} takes it; empty where it cannot be trusted
   */
  public Optional<byte[]> open(byte[] sealed, byte[] name) {
    int head = head(sealed);
    int from = sealedFrom(head);
    int length = sealed.length - from - TAG_BITS / 8;
    EntryKey key = length < 0 ? null : keyOf(sealed);
    if (key == null || !Arrays.equals(sealed, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return Optional.empty();
    }
    byte[] plain = new byte[head + length];
    System.arraycopy(sealed, 0, plain, 0, head);
    System.arraycopy(PLAIN_MAGIC, 0, plain, 0, PLAIN_MAGIC.length);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, sealed, name);
      cipher.doFinal(sealed, from, sealed.length - from, plain, head);
      return Optional.of(plain);
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /**
   * What a partition is called where others can read it, in hexadecimal: a digest under the first
   * key, so that nobody finds out by trying whose it is. Under another first key it is another.
   */
  public String called(String partition) {
    return HexFormat.of().formatHex(keys.getFirst().digest("warmgate partition " + partition));
  }

  private static int head(byte[] slot) {
    return slot.length > HEAD && slot[VERSION_OFFSET] == EntryFormat.IN_CHUNKS
        ? HEAD_IN_CHUNKS
        : HEAD;
  }

  private static int sealedFrom(int head) {
    return head + EntryKey.ID_LENGTH + NONCE_LENGTH;
  }

  private @Nullable EntryKey keyOf(byte[] sealed) {
    int head = head(sealed);
    for (EntryKey key : keys) {
      if (Arrays.equals(sealed, head, head + EntryKey.ID_LENGTH, key.id(), 0, EntryKey.ID_LENGTH)) {
        return key;
      }
    }
    return null;
  }

  /** The head says the key and the nonce; with the name it is what is authenticated beside. */
  private static Cipher cipher(int mode, EntryKey key, byte[] sealed, byte[] name)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    int nonce = head(sealed) + EntryKey.ID_LENGTH;
    cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, sealed, nonce, NONCE_LENGTH));
    cipher.updateAAD(sealed, 0, nonce);
    cipher.updateAAD(name);
    return cipher;
  }
}
