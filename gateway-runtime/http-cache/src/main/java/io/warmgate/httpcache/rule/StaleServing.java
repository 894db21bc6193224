package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.CachingPolicy.ClientDirectives;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.rule.CacheControl.Flag;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a stale entry is used, <a href="https://www.rfc-editor.org/rfc/rfc9111#section-4.2.4">RFC
 * 9111 §4.2.4</a> and <a href="https://www.rfc-editor.org/rfc/rfc5861">RFC 5861</a>.
 *
 * <p>"A cache MUST NOT generate a stale response unless it is disconnected or doing so is
 * explicitly permitted by the client or origin server [...] or by configuration in accordance with
 * an out-of-band contract." The policy's windows are such a configuration; a response's own
 * directive goes before them.
 */
public final class StaleServing {
  /** RFC 5861 §4: what counts as an error. */
  private static final Set<Integer> ERRORS = Set.of(500, 502, 503, 504);

  private StaleServing() {}

  /** Whether an origin's answer with that status may be replaced by a stale entry. */
  public static boolean isError(int status) {
    return ERRORS.contains(status);
  }

  /** Whether the client accepts this much staleness, and the origin did not forbid it. */
  static boolean isAccepted(Validity validity, CacheControl.Request directives, long now) {
    long accepted = directives.maxStale();
    return !isProhibited(validity)
        && accepted != CacheControl.ABSENT
        && (accepted == Long.MAX_VALUE || staleness(validity, now) <= accepted * 1000);
  }

  /**
   * Whether it is served while the origin is asked. RFC 5861 §3: "indicates that caches MAY serve
   * the response in which it appears after it becomes stale, up to the indicated number of
   * seconds."
   *
   * <p>The policy's window is for responses that were fresh once: one that came stale was meant to
   * be asked for each time.
   */
  static boolean isWhileRevalidating(
      Validity validity, CacheControl.Request directives, CachingPolicy policy, long now) {
    long window = whileRevalidate(validity, policy);
    return !isProhibited(validity)
        && !clientInsists(directives, policy)
        && window > 0
        && staleness(validity, now) <= window;
  }

  /**
   * Whether it is served in place of an error. RFC 5861 §4: "indicates that when an error is
   * encountered, a cached stale response MAY be used to satisfy the request, regardless of other
   * freshness information."
   */
  static boolean isOnError(
      Validity validity, CacheControl.Request directives, CachingPolicy policy, long now) {
    long window = ifError(validity, policy);
    if (policy.clientDirectives() == ClientDirectives.HONOR) {
      window = Math.max(window, directives.staleIfError() * 1000);
    }
    return !isProhibited(validity)
        && !clientInsists(directives, policy)
        && window > 0
        && staleness(validity, now) <= window;
  }

  /** How long beyond its freshness an entry is of use for this. */
  static long longest(Validity validity, CachingPolicy policy) {
    return isProhibited(validity)
        ? 0
        : Math.max(whileRevalidate(validity, policy), ifError(validity, policy));
  }

  /** How long beyond its freshness an entry is used: what the response says, or the policy. */
  public static StaleWindows effective(Validity validity, CachingPolicy policy) {
    return isProhibited(validity)
        ? new StaleWindows(0L, 0L)
        : new StaleWindows(whileRevalidate(validity, policy), ifError(validity, policy));
  }

  /** What the response's own directives say. */
  static StaleWindows windows(CacheControl.Response directives) {
    return new StaleWindows(
        millis(directives.numbers().staleWhileRevalidate()),
        millis(directives.numbers().staleIfError()));
  }

  /**
   * "A cache MUST NOT generate a stale response if it is prohibited by an explicit in-protocol
   * directive (e.g., by a no-cache response directive, a must-revalidate response directive, or an
   * applicable s-maxage or proxy-revalidate response directive; see Section 5.2.2)."
   */
  private static boolean isProhibited(Validity validity) {
    return !validity.constraints().isEmpty();
  }

  /** A client that said how old or fresh an answer has to be did not permit a stale one. */
  private static boolean clientInsists(CacheControl.Request directives, CachingPolicy policy) {
    return policy.clientDirectives() == ClientDirectives.HONOR
        && (directives.has(Flag.NO_CACHE)
            || directives.maxAge() != CacheControl.ABSENT
            || directives.minFresh() != CacheControl.ABSENT);
  }

  private static long whileRevalidate(Validity validity, CachingPolicy policy) {
    Long said = validity.stale().whileRevalidateMillis();
    return said != null || validity.lifetimeMillis() == 0
        ? orZero(said)
        : orZero(policy.stale().whileRevalidateMillis());
  }

  private static long ifError(Validity validity, CachingPolicy policy) {
    Long said = validity.stale().ifErrorMillis();
    return orZero(said != null ? said : policy.stale().ifErrorMillis());
  }

  private static long staleness(Validity validity, long now) {
    return -Freshness.remaining(validity, now);
  }

  private static @Nullable Long millis(long seconds) {
    return seconds == CacheControl.ABSENT ? null : (Long) (seconds * 1000);
  }

  private static long orZero(@Nullable Long millis) {
    return millis == null ? 0 : millis;
  }
}
