package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.entry.Validity.Constraint;

/**
 * When a stale entry is used, <a href="https://www.rfc-editor.org/rfc/rfc9111#section-4.2.4">RFC
 * 9111 §4.2.4</a>.
 */
final class StaleServing {
  private StaleServing() {}

  /** Whether the client accepts this much staleness, and the origin did not forbid it. */
  static boolean isAccepted(Validity validity, CacheControl.Request directives, long now) {
    // "A cache MUST NOT generate a stale response if it is prohibited by an explicit in-protocol
    // directive (e.g., by a no-cache response directive, a must-revalidate response directive, or
    // an applicable s-maxage or proxy-revalidate response directive; see Section 5.2.2)."
    if (validity.constraints().contains(Constraint.NO_CACHE)
        || validity.constraints().contains(Constraint.MUST_REVALIDATE)) {
      return false;
    }
    // "A cache MUST NOT generate a stale response unless it is disconnected or doing so is
    // explicitly permitted by the client or origin server (e.g., by the max-stale request
    // directive in Section 5.2.1 [...])."
    long accepted = directives.maxStale();
    if (accepted == CacheControl.ABSENT) {
      return false;
    }
    long staleness = -Freshness.remaining(validity, now);
    return accepted == Long.MAX_VALUE || staleness <= accepted * 1000;
  }
}
