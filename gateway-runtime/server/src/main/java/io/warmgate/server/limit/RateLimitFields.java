package io.warmgate.server.limit;

import io.warmgate.config.Limit;

/**
 * What clients are told: {@code RateLimit-Policy} and {@code RateLimit} (IETF draft
 * httpapi-ratelimit-headers-10, §3 and §4), lists of strings with parameters (RFC 9651 §3.1).
 *
 * <pre>
 * RateLimit-Policy: "per-minute";q=100;w=60
 * RateLimit: "per-minute";r=17;t=24
 * </pre>
 */
final class RateLimitFields {
  static final String POLICY = "ratelimit-policy";
  static final String LIMIT = "ratelimit";

  /** RFC 9651 §3.3.1: an integer has at most 15 digits. */
  private static final long MOST = 999_999_999_999_999L;

  private RateLimitFields() {}

  /** The limit's member of {@code RateLimit-Policy}. */
  static String policy(Limit limit) {
    String item = quoted(limit.name()) + ";q=" + Math.min(MOST, limit.amount());
    return switch (limit.unit()) {
      // §3.1.2: the unit is requests, where none is said.
      case REQUESTS -> item + window(limit);
      case BYTES -> item + ";qu=\"content-bytes\"" + window(limit);
      case CONCURRENCY -> item + ";qu=\"concurrent-requests\"";
    };
  }

  /** §3.1.3: in seconds. */
  private static String window(Limit limit) {
    return ";w=" + Math.ceilDiv(limit.perMillis(), 1_000);
  }

  /**
   * The limit's member of {@code RateLimit}.
   *
   * @param remaining so much may be asked for next
   * @param seconds until it is more; 0: not told
   */
  static void append(StringBuilder to, Limit limit, long remaining, long seconds) {
    to.append(quoted(limit.name())).append(";r=").append(Math.min(MOST, remaining));
    if (seconds > 0) {
      to.append(";t=").append(seconds);
    }
  }

  /** RFC 9651 §4.1.6; a configured name has neither of the two, whoever writes it. */
  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
