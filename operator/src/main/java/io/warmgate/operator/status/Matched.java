package io.warmgate.operator.status;

import io.warmgate.config.admin.PurgeCount;
import java.util.Collection;
import java.util.TreeSet;

/**
 * How many different entries pods counted. Exact while no pod has more than it can name; beyond, it
 * is estimated by where the k-th smallest of their keys' digests lies among all that there could be
 * (k minimum values: the standard error is 1/√k, 1.6 % here).
 */
final class Matched {
  /** How many digests there could be. */
  private static final double ALL = 0x1p64;

  private Matched() {}

  static long distinct(Collection<PurgeCount> counts) {
    TreeSet<Long> union = new TreeSet<>(Long::compareUnsigned);
    long most = 0;
    long sum = 0;
    for (PurgeCount count : counts) {
      union.addAll(count.smallest());
      most = Math.max(most, count.matched());
      sum += count.matched();
    }
    if (most <= PurgeCount.KEPT) {
      return union.size();
    }
    long kth = union.stream().skip(PurgeCount.KEPT - 1).findFirst().orElseThrow();
    return Math.clamp(estimate(kth), most, sum);
  }

  private static long estimate(long kth) {
    double share = ((kth >>> 1) * 2.0 + 1) / ALL;
    return Math.round((PurgeCount.KEPT - 1) / share);
  }
}
