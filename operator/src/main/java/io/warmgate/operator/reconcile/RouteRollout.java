package io.warmgate.operator.reconcile;

import io.warmgate.config.Route;
import io.warmgate.operator.rollout.AwaitingPromotion;
import io.warmgate.operator.rollout.Draining;
import io.warmgate.operator.rollout.Judge;
import io.warmgate.operator.rollout.Measure;
import io.warmgate.operator.rollout.Observing;
import io.warmgate.operator.rollout.Provisioning;
import io.warmgate.operator.rollout.RollingBack;
import io.warmgate.operator.rollout.RolloutState;
import io.warmgate.operator.rollout.Sample;
import io.warmgate.operator.rollout.Shifting;
import io.warmgate.operator.rollout.Steady;
import io.warmgate.operator.rollout.Underway;
import io.warmgate.operator.rollout.Verdict;
import io.warmgate.operator.rollout.Verifying;
import io.warmgate.operator.rollout.Warming;
import io.warmgate.operator.source.WarmSources;
import io.warmgate.operator.translate.RouteRelease;
import io.warmgate.operator.warm.WarmTarget;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the operator keeps of one route's rollout between reconciles. */
final class RouteRollout implements AutoCloseable {
  final String uid;
  private final String route;
  private final Supplier<Measure> measures;
  private final UserCheck check;
  private RolloutState state;
  private @Nullable Measure whole;
  private @Nullable Measure recent;
  private @Nullable Route served;
  private long servedSince;

  /**
   * @param uid of the route
   * @param route {@code namespace/name}
   * @param measures begins to count
   * @param check of its user's
   */
  RouteRollout(
      String uid, String route, RolloutState state, Supplier<Measure> measures, UserCheck check) {
    this.uid = uid;
    this.route = route;
    this.measures = measures;
    this.check = check;
    this.state = state;
    measure();
  }

  RolloutState state() {
    return state;
  }

  /** It is another from now on; what is judged by what comes after is measured anew. */
  void state(RolloutState next) {
    Instant from = next.judgedSince();
    if (from != null && !from.equals(state.judgedSince())) {
      closeRecent();
    }
    state = next;
    measure();
  }

  private void measure() {
    if (state instanceof Underway) {
      whole = whole == null ? measures.get() : whole;
      recent = recent == null ? measures.get() : recent;
    } else {
      close();
    }
  }

  /** A revision was written: since which one it holds this route as it is. */
  void minted(long number, @Nullable Route now) {
    if (now != null && !now.equals(served)) {
      served = now;
      servedSince = number;
    }
  }

  /**
   * Whether every pod serves the route like this.
   *
   * @param wanted as it is translated now; null where it is not served
   * @param lowest number of the revision that the answering pods serve; 0: there is none, or one of
   *     them serves none
   */
  boolean acknowledged(@Nullable Route wanted, long lowest) {
    return wanted != null && wanted.equals(served) && lowest >= servedSince && lowest > 0;
  }

  /** The first revision that holds the route as it is served now. */
  long servedSince() {
    return servedSince;
  }

  /** By what was measured, and by what the user's check says. */
  Verdict verdict(RouteRelease release, Instant now) {
    return measured(release).and(check.verdict(state, release.settings().analysis(), now));
  }

  private Verdict measured(RouteRelease release) {
    if (!(state instanceof Underway underway) || whole == null || recent == null) {
      return new Verdict.Good();
    }
    Sample green =
        (state.judgedSince() == null ? whole : recent)
            .of(route, generations(release, underway.course().green()));
    Sample blue = whole.lately(route, generations(release, underway.course().blue()));
    return Judge.judge(release.settings().analysis(), green, blue);
  }

  /** Of the release that serves, 0 to 1; negative: unknown. */
  double hitRatio(RouteRelease release) {
    if (whole == null) {
      return -1;
    }
    return whole.lately(route, generations(release, state.sides().first())).hitRatio();
  }

  private static Set<String> generations(RouteRelease release, String name) {
    return release.generations(name).<Set<String>>map(any -> any).orElse(Set.of());
  }

  /** What is to be kept warm in this state; null: nothing. */
  @Nullable WarmTarget warm(
      RouteRelease release, WarmTarget.Reach reach, WarmSources.Wanted wanted) {
    String name = state.sides().other();
    if (name == null || release.settings().warmup().minCoveragePercent() == 0) {
      return null;
    }
    return switch (state) {
      case Provisioning _, RollingBack _ -> null;
      case Warming warming -> target(release, name, warming.since(), reach, wanted);
      case Observing observing ->
          target(release, observing.course().blue(), Instant.EPOCH, reach, wanted);
      case Steady _, Verifying _, AwaitingPromotion _, Shifting _, Draining _ ->
          target(release, name, Instant.EPOCH, reach, wanted);
    };
  }

  /** The release before, as long as it has less traffic than it would have; null: it is not. */
  @Nullable WarmTarget warmWayBack(
      RouteRelease release, WarmTarget.Reach reach, WarmSources.Wanted wanted) {
    return state instanceof Shifting shifting
            && release.settings().warmup().minCoveragePercent() > 0
        ? target(release, shifting.course().blue(), Instant.EPOCH, reach, wanted)
        : null;
  }

  private WarmTarget target(
      RouteRelease release,
      String name,
      Instant attempt,
      WarmTarget.Reach reach,
      WarmSources.Wanted wanted) {
    var asked = release.settings().warmup();
    return new WarmTarget(
        route,
        name,
        attempt,
        new WarmTarget.Limits(
            Math.max(asked.topKeys(), wanted.topKeys()),
            asked.maxOriginRps(),
            asked.concurrency(),
            asked.ofModels()),
        reach,
        wanted.requests(),
        wanted.sitemaps(),
        wanted.related(),
        null);
  }

  private void closeRecent() {
    if (recent != null) {
      recent.close();
      recent = null;
    }
  }

  @Override
  public void close() {
    check.close();
    closeRecent();
    if (whole != null) {
      whole.close();
      whole = null;
    }
  }
}
