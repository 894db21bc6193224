package io.warmgate.server.idempotency;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 over parts, each with its length before it: no part passes for two. */
final class Digests {
  private final MessageDigest sha256;

  Digests() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  Digests add(String part) {
    return add(part.getBytes(StandardCharsets.UTF_8));
  }

  Digests add(Buffer part) {
    return add(part.getBytes());
  }

  private Digests add(byte[] part) {
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
    sha256.update(part);
    return this;
  }

  /** 64 hexadecimal digits. Once. */
  String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
