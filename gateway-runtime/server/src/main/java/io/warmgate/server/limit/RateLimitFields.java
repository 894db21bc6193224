package io.warmgate.server.limit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.util.AsciiString;
import io.warmgate.config.Limit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What clients are told: {@code RateLimit-Policy} and {@code RateLimit} (IETF draft
 * httpapi-ratelimit-headers-10, §3 and §4), lists of strings with parameters (RFC 9651 §3.1).
 *
 * <pre>
 * RateLimit-Policy: "per-minute";q=100;w=60
 * RateLimit: "per-minute";r=17;t=24
 * </pre>
 *
 * <p>Of the limits of a request, what does not change from one request to the next, made once.
 */
final class RateLimitFields {
  private static final AsciiString POLICY = AsciiString.cached("ratelimit-policy");
  private static final AsciiString LIMIT = AsciiString.cached("ratelimit");

  /** RFC 9651 §3.3.1: an integer has at most 15 digits. */
  private static final long MOST = 999_999_999_999_999L;

  /** Money is told in millionths of the currency's unit, and counted in billionths. */
  private static final long NANOS_TOLD = 1_000;

  private final String[] items;
  private final AsciiString[] policies;

  RateLimitFields(List<Limit> limits) {
    items = limits.stream().map(RateLimitFields::item).toArray(String[]::new);
    policies =
        IntStream.range(0, 1 << Limit.Hits.values().length)
            .mapToObj(asked -> policies(limits, asked))
            .toArray(AsciiString[]::new);
  }

  /** A set of them, as a bit. */
  static int bit(Limit.Hits hits) {
    return switch (hits) {
      case COUNTED -> 1;
      case FREE -> 2;
    };
  }

  private static AsciiString policies(List<Limit> limits, int asked) {
    return limits.stream()
        .filter(limit -> (bit(limit.hits()) & asked) != 0 && limit.mode() == Limit.Mode.ENFORCE)
        .map(RateLimitFields::policy)
        .collect(Collectors.collectingAndThen(Collectors.joining(", "), AsciiString::new));
  }

  /**
   * The value of {@code RateLimit-Policy}; empty where there is nothing to tell.
   *
   * @param asked which of the limits were asked, by {@link #bit}
   */
  AsciiString policies(int asked) {
    return policies[asked];
  }

  /** What the member of {@code RateLimit} of one of the limits begins with. */
  String item(int limit) {
    return items[limit];
  }

  /** Both fields, names and values by turns. */
  static AsciiString[] of(AsciiString policies, StringBuilder left) {
    byte[] value = left.toString().getBytes(ISO_8859_1);
    return new AsciiString[] {POLICY, policies, LIMIT, new AsciiString(value, false)};
  }

  /** The limit's member of {@code RateLimit-Policy}. */
  static String policy(Limit limit) {
    String item = quoted(limit.name()) + ";q=" + told(limit, limit.amount());
    return switch (limit.unit()) {
      // §3.1.2: the unit is requests, where none is said.
      case REQUESTS -> item + window(limit);
      case BYTES -> item + ";qu=\"content-bytes\"" + window(limit);
      case TOKENS -> item + ";qu=\"tokens\"" + window(limit);
      case COST -> item + ";qu=\"micro-" + limit.currency() + "\"" + window(limit);
      case CONCURRENCY -> item + ";qu=\"concurrent-requests\"";
    };
  }

  /** So much of what a limit counts, as clients are told it. */
  static long told(Limit limit, long amount) {
    return Math.min(MOST, limit.unit() == Limit.Unit.COST ? amount / NANOS_TOLD : amount);
  }

  /** §3.1.3: in seconds. */
  private static String window(Limit limit) {
    return ";w=" + Math.ceilDiv(limit.perMillis(), 1_000);
  }

  static String item(Limit limit) {
    return quoted(limit.name()) + ";r=";
  }

  /**
   * A member of {@code RateLimit}.
   *
   * @param item what it begins with
   * @param remaining so much may be asked for next, as it is {@link #told}
   * @param seconds until it is more; 0: not told
   */
  static void append(StringBuilder to, String item, long remaining, long seconds) {
    to.append(item).append(remaining);
    if (seconds > 0) {
      to.append(";t=").append(seconds);
    }
  }

  /** RFC 9651 §4.1.6; a configured name has neither of the two, whoever writes it. */
  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
