package io.warmgate.operator.snapshot;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names a gateway's secret values without giving them away: HMAC-SHA-256 (RFC 2104) under a key of
 * the gateway's own, which only the operator has. Prints no key.
 */
public final class FingerprintKey {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param key at least 32 bytes, random
   */
  public FingerprintKey(byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException(
          "a fingerprint key has at least 32 bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** 64 lower-case hexadecimal digits. */
  public String of(byte[] value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(value));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "FingerprintKey[redacted]";
  }
}
