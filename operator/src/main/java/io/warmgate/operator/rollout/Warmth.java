package io.warmgate.operator.rollout;

import io.warmgate.config.admin.WarmReport;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
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
 * @param spent what models took
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
    @Nullable String problem,
    Spent spent) {

  /**
   * What models took.
   *
   * @param inferences questions that were asked
   * @param tokens that were read and written for them
   * @param unpriced answers of models without a price
   * @param nanos what the others cost, by currency, in billionths of its unit
   */
  public record Spent(long inferences, long tokens, long unpriced, SortedMap<String, Long> nanos) {
    public static final Spent NOTHING = new Spent(0, 0, 0, new TreeMap<>());

    public Spent {
      nanos = Collections.unmodifiableSortedMap(new TreeMap<>(nanos));
    }

    /** Of one question that was asked. */
    public static Spent of(WarmReport.Outcome outcome) {
      WarmReport.Cost cost = outcome.cost();
      boolean answered =
          outcome.taken() > 0
              || outcome.result() == WarmReport.Result.FILLED
              || outcome.result() == WarmReport.Result.CHANGED;
      SortedMap<String, Long> nanos = new TreeMap<>();
      if (cost != null) {
        nanos.put(cost.currency(), cost.nanos());
      }
      return new Spent(1, outcome.taken(), cost == null && answered ? 1 : 0, nanos);
    }

    public Spent plus(Spent other) {
      SortedMap<String, Long> sum = new TreeMap<>(nanos);
      other.nanos.forEach((currency, more) -> sum.merge(currency, more, Long::sum));
      return new Spent(
          inferences + other.inferences, tokens + other.tokens, unpriced + other.unpriced, sum);
    }

    /** The most of each, of one question. */
    public Spent max(Spent other) {
      SortedMap<String, Long> most = new TreeMap<>(nanos);
      other.nanos.forEach((currency, more) -> most.merge(currency, more, Math::max));
      return new Spent(
          Math.max(inferences, other.inferences), Math.max(tokens, other.tokens), unpriced, most);
    }

    /** Whether something was paid that is not known in this currency. */
    public boolean isUnknownIn(String currency) {
      return unpriced > 0 || nanos.keySet().stream().anyMatch(any -> !any.equals(currency));
    }

    /** Null where no model was asked. */
    public @Nullable Long ifAny(ToLongFunction<Spent> part) {
      return inferences == 0 ? null : part.applyAsLong(this);
    }
  }

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

  /** For which no model was asked. */
  public Warmth(
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
    this(
        progress,
        planned,
        sought,
        filled,
        certified,
        failed,
        changed,
        notWarmablePercent,
        originRequests,
        coveragePercent,
        secondsLeft,
        problem,
        Spent.NOTHING);
  }

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
