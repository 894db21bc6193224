package io.warmgate.ai.bedrock;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An id of a call as Bedrock takes it: "[a-zA-Z0-9_-]+", 64 of them at most. Another one becomes
 * the begin of its digest, the same for a call and its result.
 */
final class BedrockCallId {
  private static final int LENGTH = 24;

  private BedrockCallId() {}

  static String of(String id) {
    return id.matches("[a-zA-Z0-9_-]{1,64}") ? id : "call_" + digest(id);
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
