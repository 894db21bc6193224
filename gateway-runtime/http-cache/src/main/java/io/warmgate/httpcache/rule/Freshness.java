package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.entry.Validity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How long a response is fresh, <a href="https://www.rfc-editor.org/rfc/rfc9111#section-4.2">RFC
 * 9111 §4.2</a>. Milliseconds.
 */
public final class Freshness {
  /** §4.2.2: no heuristic lifetime is longer than a day. */
  static final long MAX_HEURISTIC = 24 * 3600 * 1000L;

  private Freshness() {}

  /**
   * A freshness lifetime.
   *
   * @param reason {@code EXPLICIT}, {@code HEURISTIC}, {@code POLICY_TTL} or {@code OVERRIDDEN}
   */
  public record Lifetime(Reason reason, long millis) {}

  /** §4.2: "response_is_fresh = (freshness_lifetime > current_age)". */
  public static boolean isFresh(Validity validity, long now) {
    return remaining(validity, now) > 0;
  }

  /** Freshness left; not above zero when stale. */
  public static long remaining(Validity validity, long now) {
    return validity.lifetimeMillis() - Age.current(validity, now);
  }

  /** The lifetime that the origin gave, within the policy's bound; empty where it gave none. */
  static Optional<Lifetime> explicit(
      ResponseView response, CacheControl.Response directives, CachingPolicy policy) {
    // §4.2.1: "If the cache is shared and the s-maxage response directive is present, use its
    // value, or"
    if (directives.sharedMaxAge() != CacheControl.ABSENT) {
      return lifetime(Reason.EXPLICIT, directives.sharedMaxAge() * 1000, policy);
    }
    // "If the max-age response directive is present, use its value, or"
    if (directives.maxAge() != CacheControl.ABSENT) {
      return lifetime(Reason.EXPLICIT, directives.maxAge() * 1000, policy);
    }
    // RFC 9213 §2.2: beside a targeted field "it MUST ignore the Cache-Control and Expires header
    // fields in that response".
    if (directives.field() == CacheControl.Source.TARGETED) {
      return Optional.empty();
    }
    // "If the Expires response header field is present, use its value minus the value of the Date
    // response header field (using the time the message was received if it is not present), or"
    List<String> expires = response.fields().all("expires");
    return expires.isEmpty()
        ? Optional.empty()
        : lifetime(Reason.EXPLICIT, untilExpires(expires, response), policy);
  }

  /** What the policy says of the response's very status; empty where it says nothing of it. */
  static Optional<Lifetime> ofStatus(ResponseView response, CachingPolicy policy) {
    @Nullable Long millis = policy.ttl().ofStatus(response.status());
    return millis == null ? Optional.empty() : lifetime(Reason.POLICY_TTL, millis, policy);
  }

  /** For a response without explicit freshness whose status allows to guess. */
  static Optional<Lifetime> guessed(ResponseView response, CachingPolicy policy) {
    if (policy.ttl().defaultMillis() != null) {
      return lifetime(Reason.POLICY_TTL, policy.ttl().defaultMillis(), policy);
    }
    // §4.2.2: "If the response has a Last-Modified header field, caches are encouraged to use a
    // heuristic expiration value that is no more than some fraction of the interval since that
    // time. A typical setting of this fraction might be 10%."
    @Nullable String lastModified = response.fields().first("last-modified");
    if (lastModified == null) {
      return Optional.empty();
    }
    OptionalLong modified = HttpDate.parse(lastModified, response.responseMillis());
    if (modified.isEmpty()) {
      return Optional.empty();
    }
    long tenth = (date(response) - modified.getAsLong()) / 10;
    return lifetime(Reason.HEURISTIC, Math.min(tenth, MAX_HEURISTIC), policy);
  }

  private static long untilExpires(List<String> lines, ResponseView response) {
    long least = Long.MAX_VALUE;
    for (String line : lines) {
      OptionalLong expires = HttpDate.parse(line, response.responseMillis());
      // §5.3: "A cache recipient MUST interpret invalid date formats, especially the value "0", as
      // representing a time in the past (i.e., "already expired")."
      least = Math.min(least, expires.isPresent() ? expires.getAsLong() - date(response) : 0);
    }
    return least;
  }

  /** The Date field, or the time the response was received. */
  private static long date(ResponseView response) {
    return date(response.fields(), response.responseMillis());
  }

  static long date(Fields fields, long otherwise) {
    @Nullable String date = fields.first("date");
    return date == null ? otherwise : HttpDate.parse(date, otherwise).orElse(otherwise);
  }

  private static Optional<Lifetime> lifetime(Reason reason, long millis, CachingPolicy policy) {
    return Optional.of(new Lifetime(reason, policy.ttl().bounded(millis)));
  }
}
