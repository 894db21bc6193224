package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.rule.CacheControl.Flag;

/**
 * When a fresh entry is brought up to date before it is stale, so that a hot one never is: the more
 * likely, the nearer its end and the longer its fetch took. <a
 * href="https://www.vldb.org/pvldb/vol8/p886-vattani.pdf">Vattani, Chierichetti, Lowenstein:
 * "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015</a>, with β = 1.
 */
public final class EarlyRefresh {
  private EarlyRefresh() {}

  /**
   * A request whose response may not be stored refreshes nothing.
   *
   * @param random above 0, at most 1; of each request anew
   * @param now in milliseconds
   */
  public static boolean isDue(RequestView request, Validity validity, double random, long now) {
    // At least a millisecond: that is what clocks here tell apart.
    long fetch = Math.max(1, validity.responseMillis() - validity.requestMillis());
    return -fetch * Math.log(random) >= Freshness.remaining(validity, now)
        && !CacheControl.request(request.fields()).has(Flag.NO_STORE);
  }
}
