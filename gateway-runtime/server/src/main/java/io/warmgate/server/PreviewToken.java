package io.warmgate.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What a request is sent with to be answered by the other side of a route. Nobody has it before it
 * is set. Safe for every thread; prints itself never.
 */
public final class PreviewToken {
  private volatile byte[] token = {};

  /**
   * @param next empty: nobody has it from now on
   */
  public void set(byte[] next) {
    token = next.clone();
  }

  /** Whether that is it, in a time that does not tell how much of it is right. */
  public boolean is(String given) {
    byte[] now = token;
    return now.length > 0 && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), now);
  }

  @Override
  public String toString() {
    return "PreviewToken[redacted]";
  }
}
