package io.warmgate.operator.rollout;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a rollout is to go, with every default filled in.
 *
 * @param strategy whether a release is warmed at all
 * @param steps shares on the way to 100, rising; empty: at once
 * @param keepPreviousFor how long the way back is kept after the end
 * @param purgeTags what is purged once the release has all of the traffic
 */
public record RolloutSettings(
    Strategy strategy,
    Warmup warmup,
    Analysis analysis,
    List<Stage> steps,
    Promotion promotion,
    Duration keepPreviousFor,
    List<String> purgeTags) {

  /** How a release takes over. */
  public enum Strategy {
    /** Beside the one before, warmed and certified first. */
    WARMED,
    /** At once, cold, and without a way back. */
    AT_ONCE
  }

  /**
   * @param minCoveragePercent of what the cache serves; 0: nothing is warmed
   * @param timeout after which {@code onTimeout} decides
   * @param maxChangedPercent of the plan that may be answered in a way that cannot be kept
   * @param ofModels what may be asked of models
   */
  public record Warmup(
      int minCoveragePercent,
      int topKeys,
      int maxOriginRps,
      int concurrency,
      Duration timeout,
      OnTimeout onTimeout,
      int maxChangedPercent,
      ModelLimits ofModels) {
    /** With whatever may be asked of models by default. */
    public Warmup(
        int minCoveragePercent,
        int topKeys,
        int maxOriginRps,
        int concurrency,
        Duration timeout,
        OnTimeout onTimeout,
        int maxChangedPercent) {
      this(
          minCoveragePercent,
          topKeys,
          maxOriginRps,
          concurrency,
          timeout,
          onTimeout,
          maxChangedPercent,
          ModelLimits.DEFAULT);
    }
  }

  /** What is done with a release that could not be warmed in time. */
  public enum OnTimeout {
    ABORT,
    PROMOTE
  }

  /**
   * @param window of traffic that a step is judged by
   * @param minHitPercent of the hit ratio of the release before
   * @param check that has a say; null: none
   */
  public record Analysis(
      Duration window,
      double maxErrorPercent,
      int maxP99IncreasePercent,
      int minHitPercent,
      OnInconclusive onInconclusive,
      @Nullable Check check) {}

  /**
   * @param url http or https, with a host
   * @param timeout of each try
   * @param expectStatus the one that speaks for the release
   */
  public record Check(URI url, Duration timeout, int expectStatus) {}

  /** What is done where there is too little traffic to judge by. */
  public enum OnInconclusive {
    PROMOTE,
    PAUSE,
    ABORT
  }

  /**
   * @param percent 1 to 99
   * @param hold at least so long, and no shorter than the analysis' window
   */
  public record Stage(int percent, Duration hold) {}

  /** Who says that a warm release may have traffic. */
  public enum Promotion {
    AUTOMATIC,
    MANUAL
  }

  public RolloutSettings {
    steps = List.copyOf(steps);
    purgeTags = List.copyOf(purgeTags);
  }

  /** Beside the one before, and in its place as soon as it is there: cold, and without a wait. */
  public RolloutSettings asSoonAsReady() {
    return new RolloutSettings(
        Strategy.WARMED,
        new Warmup(
            0,
            warmup.topKeys,
            warmup.maxOriginRps,
            warmup.concurrency,
            warmup.timeout,
            warmup.onTimeout,
            warmup.maxChangedPercent,
            warmup.ofModels),
        new Analysis(
            Duration.ZERO,
            analysis.maxErrorPercent,
            analysis.maxP99IncreasePercent,
            analysis.minHitPercent,
            OnInconclusive.PROMOTE,
            null),
        List.of(),
        Promotion.AUTOMATIC,
        Duration.ZERO,
        List.of());
  }

  /** In place of the one before, which does not serve. */
  public RolloutSettings atOnce() {
    return new RolloutSettings(
        Strategy.AT_ONCE, warmup, analysis, steps, promotion, keepPreviousFor, purgeTags);
  }

  /** The share of a step; those beyond the last are 100. */
  int percent(int step) {
    return step < steps.size() ? steps.get(step).percent() : 100;
  }

  /** How long a step lasts at least. */
  Duration hold(int step) {
    Duration hold = step < steps.size() ? steps.get(step).hold() : Duration.ZERO;
    return hold.compareTo(analysis.window()) < 0 ? analysis.window() : hold;
  }
}
