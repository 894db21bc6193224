package io.warmgate.operator.status;

import io.warmgate.config.admin.ClientTraffic;
import io.warmgate.config.admin.Miss;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a policy's status says of its hits: in coarse steps, and only what traffic enough has shown,
 * so that a status is written when something changed for whoever reads it.
 *
 * @param percent the hit ratio, a multiple of {@link #STEP}; null: not known yet
 * @param reason {@code MOSTLY_HITS}, or what keeps it low; null: not known yet
 */
record Efficiency(@Nullable Integer percent, @Nullable ConditionReason reason) {
  /** Nothing is known. */
  static final Efficiency UNKNOWN = new Efficiency(null, null);

  /** Fewer cacheable requests in the window change nothing. */
  static final long MIN_REQUESTS = 200;

  /**
   * The ratio that is said stands until the real one is farther from it than that, and than three
   * standard errors more, so that few requests do not change it by chance.
   */
  static final int STEP = 5;

  /** Below that it is low. */
  static final int LOW = 60;

  /** From there on it is low no more. */
  static final int FINE = 70;

  /** A cause that can be cured goes before a larger one that cannot, with this share of misses. */
  private static final int WORTH_A_CURE = 30;

  /** The cause that was named stands until another has so much more of the misses. */
  private static final int LEAD = 10;

  private static final Set<Miss> INCURABLE = EnumSet.of(Miss.FIRST_SEEN);

  /** What is said next, given what the window shows. */
  Efficiency next(ClientTraffic window) {
    if (window.cacheable() < MIN_REQUESTS) {
      return this;
    }
    double exact = 100.0 * window.hits() / window.cacheable();
    int said =
        percent != null && Math.abs(exact - percent) <= STEP + 3 * error(exact, window.cacheable())
            ? percent
            : (int) Math.round(exact / STEP) * STEP;
    boolean wasLow = reason != null && reason != ConditionReason.MOSTLY_HITS;
    return new Efficiency(
        said, exact < (wasLow ? FINE : LOW) ? reason(cause(window)) : ConditionReason.MOSTLY_HITS);
  }

  /** Standard error of a ratio, both in percent. */
  private static double error(double ratio, long requests) {
    return Math.sqrt(ratio * (100 - ratio) / requests);
  }

  /** What most misses come from, as far as it can be cured. */
  private Miss cause(ClientTraffic window) {
    Miss largest = largest(window, EnumSet.allOf(Miss.class));
    Miss curable = largest(window, EnumSet.complementOf(EnumSet.copyOf(INCURABLE)));
    Miss found = share(window, curable) >= WORTH_A_CURE ? curable : largest;
    for (Miss miss : Miss.values()) {
      if (reason(miss) == reason && share(window, miss) >= share(window, found) - LEAD) {
        return share(window, miss) >= WORTH_A_CURE - LEAD ? miss : found;
      }
    }
    return found;
  }

  private static Miss largest(ClientTraffic window, Set<Miss> of) {
    return of.stream().max(Comparator.comparingLong(window::missed)).orElseThrow();
  }

  /** Of all misses, in percent. */
  static double share(ClientTraffic window, Miss miss) {
    return 100.0 * window.missed(miss) / Math.max(1, window.missed());
  }

  static ConditionReason reason(Miss miss) {
    return switch (miss) {
      case EXPIRED -> ConditionReason.TTL_TOO_SHORT;
      case FIRST_SEEN -> ConditionReason.RARELY_ASKED;
      case SAME_ANSWER -> ConditionReason.KEY_TOO_WIDE;
      case EVICTED -> ConditionReason.EVICTED;
      case UNCACHEABLE -> ConditionReason.UNCACHEABLE;
      case BYPASSED -> ConditionReason.BYPASSED;
      case PURGED -> ConditionReason.PURGED;
      case FAILED -> ConditionReason.ORIGIN_FAILS;
    };
  }

  /** As it stands in a status. */
  @Nullable String text() {
    return percent == null ? null : percent + "%";
  }

  /**
   * As it was said.
   *
   * @param text null: not at all
   * @param reason the condition's, as it stands in a status; null: there is none
   */
  static Efficiency said(@Nullable String text, @Nullable String reason) {
    if (text == null || reason == null || !text.matches("[0-9]{1,3}%")) {
      return UNKNOWN;
    }
    Integer percent = Integer.valueOf(text.substring(0, text.length() - 1));
    for (ConditionReason known : ConditionReason.values()) {
      if (known.wire().equals(reason) && known.types().contains(ConditionType.EFFICIENT)) {
        return new Efficiency(percent, known);
      }
    }
    return UNKNOWN;
  }
}
