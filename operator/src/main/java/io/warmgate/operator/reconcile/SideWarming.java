package io.warmgate.operator.reconcile;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Route;
import io.warmgate.operator.rollout.AwaitingPromotion;
import io.warmgate.operator.rollout.Draining;
import io.warmgate.operator.rollout.Observing;
import io.warmgate.operator.rollout.Provisioning;
import io.warmgate.operator.rollout.RollingBack;
import io.warmgate.operator.rollout.RolloutSettings;
import io.warmgate.operator.rollout.RolloutState;
import io.warmgate.operator.rollout.Shifting;
import io.warmgate.operator.rollout.Steady;
import io.warmgate.operator.rollout.Verifying;
import io.warmgate.operator.rollout.Warming;
import io.warmgate.operator.rollout.Warmth;
import io.warmgate.operator.source.WarmSources;
import io.warmgate.operator.translate.RouteRelease;
import io.warmgate.operator.translate.Translation;
import io.warmgate.operator.warm.WarmTarget;
import io.warmgate.operator.warm.Warmers;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warms the pods of one side of a gateway: what clients ask the other side for, route by route, of
 * the release that serves.
 */
final class SideWarming {
  private static final double UNKNOWN = -1;

  private final Warmers warmers;
  private Set<String> keys = Set.of();

  SideWarming(Warmers warmers) {
    this.warmers = warmers;
  }

  /** A side, and since when it is tried to warm it. */
  private record Asked(String side, Instant attempt) {}

  /** What is warmed now, for {@link Warmers#keep}. */
  Set<String> keys() {
    return keys;
  }

  /** Has that warmed which is to be warm in this state. */
  void want(RolloutState state, RolloutSettings.Warmup limits, Translation translation) {
    Asked asked = limits.minCoveragePercent() == 0 ? null : asked(state);
    Set<String> wanted = new HashSet<>();
    GatewayConfig config = Objects.requireNonNull(translation.config());
    if (asked != null) {
      for (Route route : config.routes()) {
        if (route.rules().stream().anyMatch(rule -> rule.cache() != null)) {
          String key = "pods of " + route.id();
          wanted.add(key);
          warmers.want(key, target(route, asked, limits, translation), UNKNOWN);
        }
      }
    }
    keys.stream().filter(key -> !wanted.contains(key)).forEach(key -> stop(key));
    keys = Set.copyOf(wanted);
  }

  private void stop(String key) {
    warmers.want(key, null, UNKNOWN);
  }

  private static @Nullable Asked asked(RolloutState state) {
    String other = state.sides().other();
    if (other == null) {
      return null;
    }
    return switch (state) {
      case Provisioning _, RollingBack _ -> null;
      case Warming warming -> new Asked(other, warming.since());
      case Observing observing -> new Asked(observing.course().blue(), Instant.EPOCH);
      case Steady _, Verifying _, AwaitingPromotion _, Shifting _, Draining _ ->
          new Asked(other, Instant.EPOCH);
    };
  }

  /** Pods know a release by its name where a route has two alone. */
  private static WarmTarget target(
      Route route, Asked asked, RolloutSettings.Warmup limits, Translation translation) {
    WarmSources.Wanted wanted = translation.sources().of(route.id());
    RouteRelease release = translation.releases().get(route.id());
    String serves =
        route.shift() == null || release == null
            ? ""
            : route.shift().percent() == 100 ? route.shift().to() : route.shift().from();
    return new WarmTarget(
        route.id(),
        serves,
        asked.attempt(),
        new WarmTarget.Limits(
            Math.max(limits.topKeys(), wanted.topKeys()),
            limits.maxOriginRps(),
            limits.concurrency(),
            limits.ofModels()),
        WarmTarget.Reach.ONE_POD,
        wanted.requests(),
        wanted.sitemaps(),
        wanted.related(),
        asked.side());
  }

  /** How warm the side is. */
  Warmth warmth() {
    return warmers.warmth(keys);
  }
}
