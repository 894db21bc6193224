package io.warmgate.operator.rollout;

import org.jspecify.annotations.Nullable;

/**
 * How warm a release's cache is.
 *
 * @param progress whether there is more to come
 * @param planned requests that were chosen
 * @param sought of them are asked for by clients; the others are on a list alone
 * @param filled of them have been asked for
 * @param certified of them are in the cache of every pod
 * @param failed of them got no answer, or a 5xx, or are on a list alone and cannot be kept
 * @param changed of those sought are answered in a way that cannot be kept, or are gone
 * @param notWarmablePercent share of the traffic that cannot be asked for without a client's
 *     credential, 0 to 100
 * @param originRequests that it took
 * @param coveragePercent share of what the cache served before that it can serve now, by requests;
 *     0 to 100
 * @param secondsLeft estimate; null where there is none
 * @param problem why it cannot go on; null while it can
 */
public record Warmth(
    Progress progress,
    int planned,
    int sought,
    int filled,
    int certified,
    int failed,
    int changed,
    int notWarmablePercent,
    long originRequests,
    int coveragePercent,
    @Nullable Integer secondsLeft,
    @Nullable String problem) {

  /** How far warming is. */
  public enum Progress {
    /** Nobody has begun. */
    NOT_BEGUN,
    UNDERWAY,
    /** All of the plan has been tried and certified. */
    DONE
  }

  /** Before anything was asked for. */
  public static final Warmth UNKNOWN =
      new Warmth(Progress.NOT_BEGUN, 0, 0, 0, 0, 0, 0, 0, 0, null, null);

  /** Of a plan that is all sought. */
  public Warmth(
      Progress progress,
      int planned,
      int filled,
      int certified,
      int failed,
      int changed,
      int notWarmablePercent,
      long originRequests,
      int coveragePercent,
      @Nullable Integer secondsLeft,
      @Nullable String problem) {
    this(
        progress,
        planned,
        planned,
        filled,
        certified,
        failed,
        changed,
        notWarmablePercent,
        originRequests,
        coveragePercent,
        secondsLeft,
        problem);
  }

  /** Share of what clients ask for that is answered in another way now, 0 to 100. */
  public int changedPercent() {
    return sought == 0 ? 0 : (int) Math.round(100.0 * changed / sought);
  }

  String text() {
    return "%d %% of what the cache served (%d of %d requests certified, %d failed, %d changed)"
        .formatted(coveragePercent, certified, planned, failed, changed);
  }
}
