package io.warmgate.ai.mistral;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An id of a call as Mistral takes it: "must be a-z, A-Z, 0-9, with a length of 9". Its own are
 * that; of another provider's it is the begin of the digest, the same for a call and its result.
 */
final class MistralCallId {
  private static final int LENGTH = 9;

  private MistralCallId() {}

  static String of(String id) {
    return id.matches("[a-zA-Z0-9]{" + LENGTH + "}") ? id : digest(id);
  }

  private static String digest(String id) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] bytes = sha256.digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
