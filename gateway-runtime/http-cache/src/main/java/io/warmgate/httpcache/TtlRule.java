package io.warmgate.httpcache;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long responses are fresh by the word of a route's owner. Milliseconds; null: nothing is said.
 *
 * @param mode whose word goes first
 * @param byStatus for a status (200) or for a class of them, by its first digit (2)
 * @param negativeMillis for 404, 410 and 451 without a lifetime of their own
 * @param defaultMillis for responses without a lifetime of their own whose status is heuristically
 *     cacheable (RFC 9110 §15.1) and no error; null: RFC 9111 §4.2.2's heuristics
 * @param maxMillis no response stays fresh longer, whoever said it; null: no bound
 * @param share of every lifetime that is left, in thousandths: 1000 leaves it whole
 */
public record TtlRule(
    Mode mode,
    Map<Integer, Long> byStatus,
    @Nullable Long negativeMillis,
    @Nullable Long defaultMillis,
    @Nullable Long maxMillis,
    int share) {

  private static final int WHOLE = 1000;

  /** Errors that tell about the resource, not about one request. */
  public static final Set<Integer> NEGATIVE = Set.of(404, 410, 451);

  /** Nothing is said: the origin's headers alone decide. */
  public static final TtlRule NONE = new TtlRule(Mode.HONOR, Map.of(), null, null, null);

  /** Whose lifetimes go first. */
  public enum Mode {
    /** The response's, where it has one. */
    HONOR,
    /** The owner's, where there is one for the status. */
    OVERRIDE
  }

  public TtlRule {
    byStatus = Map.copyOf(byStatus);
    byStatus.forEach((status, millis) -> notNegative("byStatus " + status, millis));
    notNegative("negativeMillis", negativeMillis);
    notNegative("defaultMillis", defaultMillis);
    notNegative("maxMillis", maxMillis);
    if (share < 0 || share > WHOLE) {
      throw new IllegalArgumentException("share is " + share + ", not 0 to " + WHOLE);
    }
  }

  /** Lifetimes are left whole. */
  public TtlRule(
      Mode mode,
      Map<Integer, Long> byStatus,
      @Nullable Long negativeMillis,
      @Nullable Long defaultMillis,
      @Nullable Long maxMillis) {
    this(mode, byStatus, negativeMillis, defaultMillis, maxMillis, WHOLE);
  }

  /**
   * With every lifetime shorter by up to so many percent, so that what was stored together is not
   * stale together; by the same for the same key, so that replicas agree.
   *
   * @param key of the entry; its low bits choose
   */
  public TtlRule jittered(int percent, long key) {
    int less = (int) Math.floorMod(key, 10L * percent + 1);
    return new TtlRule(mode, byStatus, negativeMillis, defaultMillis, maxMillis, WHOLE - less);
  }

  /** A lifetime within the bound, and as much of it as is left. */
  public long bounded(long millis) {
    long most = maxMillis == null ? Long.MAX_VALUE : maxMillis;
    long bounded = Math.max(0, Math.min(millis, most));
    return share == WHOLE ? bounded : bounded / WHOLE * share + bounded % WHOLE * share / WHOLE;
  }

  /**
   * What is said of this very status: by itself, by its class, or as a negative one; null: nothing,
   * and the default may hold.
   */
  public @Nullable Long ofStatus(int status) {
    Long own = byStatus.get(status);
    if (own != null) {
      return own;
    }
    return NEGATIVE.contains(status) ? negativeMillis : byStatus.get(status / 100);
  }

  private static void notNegative(String what, @Nullable Long millis) {
    if (millis != null && millis < 0) {
      throw new IllegalArgumentException(what + " is negative: " + millis);
    }
  }
}
