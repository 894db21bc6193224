package io.warmgate.operator.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a release is as good as the one before. Too few samples say nothing: a single slow or
 * failed answer among ten is no rate.
 */
public final class Judge {
  /** Below that there is no error rate. */
  static final int MIN_EXCHANGES = 20;

  /** Below that the 99th percentile is the longest but one, or the longest. */
  public static final int MIN_LATENCIES = 100;

  /** Below that there is no hit ratio. */
  static final int MIN_REQUESTS = 100;

  /** What a busy machine adds to any answer, in microseconds: no percentage of a small number. */
  static final long SLACK_MICROS = 5_000;

  private Judge() {}

  /**
   * @param green what was measured of the new release
   * @param blue what was measured of the one before
   */
  public static Verdict judge(RolloutSettings.Analysis asked, Sample green, Sample blue) {
    List<String> bad = new ArrayList<>();
    List<String> few = new ArrayList<>();
    errors(asked, green, blue, bad, few);
    latency(asked, green, blue, bad);
    hits(asked, green, blue, bad);
    if (!bad.isEmpty()) {
      return new Verdict.Bad(String.join("; ", bad));
    }
    return few.isEmpty() ? new Verdict.Good() : new Verdict.Inconclusive(String.join("; ", few));
  }

  private static void errors(
      RolloutSettings.Analysis asked,
      Sample green,
      Sample blue,
      List<String> bad,
      List<String> few) {
    if (green.exchanges() < MIN_EXCHANGES) {
      few.add(
          "its backends answered %d requests, too few to judge by".formatted(green.exchanges()));
      return;
    }
    boolean notNew =
        blue.exchanges() >= MIN_EXCHANGES && green.errorPercent() <= blue.errorPercent();
    if (green.errorPercent() > asked.maxErrorPercent() && !notNew) {
      bad.add(
          String.format(
              Locale.ROOT,
              "%.1f %% of %d requests to its backends failed; %.1f %% may",
              green.errorPercent(),
              green.exchanges(),
              asked.maxErrorPercent()));
    }
  }

  private static void latency(
      RolloutSettings.Analysis asked, Sample green, Sample blue, List<String> bad) {
    if (!green.hasLatency() || !blue.hasLatency()) {
      return;
    }
    long before = blue.p99Micros().orElse(0);
    long now = green.p99Micros().orElse(0);
    double allowed = before * (1 + asked.maxP99IncreasePercent() / 100.0) + SLACK_MICROS;
    if (now > allowed) {
      bad.add(
          String.format(
              Locale.ROOT,
              "99 %% of its backends' answers took up to %.0f ms, before it was %.0f ms: more than"
                  + " %d %% longer",
              now / 1e3,
              before / 1e3,
              asked.maxP99IncreasePercent()));
    }
  }

  private static void hits(
      RolloutSettings.Analysis asked, Sample green, Sample blue, List<String> bad) {
    if (green.requests() < MIN_REQUESTS || blue.requests() < MIN_REQUESTS) {
      return;
    }
    if (green.hitPercent() < blue.hitPercent() * asked.minHitPercent() / 100) {
      bad.add(
          String.format(
              Locale.ROOT,
              "its cache answered %.1f %% of %d requests, before it was %.1f %%: less than %d %% of"
                  + " that",
              green.hitPercent(),
              green.requests(),
              blue.hitPercent(),
              asked.minHitPercent()));
    }
  }
}
