package io.warmgate.operator.translate;

import io.warmgate.config.LoadBalancing;
import io.warmgate.config.Money;
import io.warmgate.config.ValueMatch;
import io.warmgate.config.admin.WarmReport.Cost;
import io.warmgate.crd.v1alpha1.ApiDuration;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.HashOn;
import io.warmgate.crd.v1alpha1.HeaderMatch;
import io.warmgate.crd.v1alpha1.OnInconclusive;
import io.warmgate.crd.v1alpha1.OnWarmupTimeout;
import io.warmgate.crd.v1alpha1.Rollout;
import io.warmgate.crd.v1alpha1.RolloutAnalysis;
import io.warmgate.crd.v1alpha1.RolloutCheck;
import io.warmgate.crd.v1alpha1.RolloutPromotion;
import io.warmgate.crd.v1alpha1.RolloutStep;
import io.warmgate.crd.v1alpha1.RolloutStrategy;
import io.warmgate.crd.v1alpha1.RolloutWarmup;
import io.warmgate.operator.rollout.ModelLimits;
import io.warmgate.operator.rollout.RolloutSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a route's releases go in: what the route says, before what its gateway says. */
final class RolloutCompiler {
  private static final Durations.Bounds WINDOW = Durations.Bounds.of("1s", "1h");
  private static final Durations.Bounds HOLD = Durations.Bounds.of("0s", "7d");
  private static final Durations.Bounds TIMEOUT = Durations.Bounds.of("1s", "1d");
  private static final Durations.Bounds CHECK = Durations.Bounds.of("100ms", "30s");
  private static final Durations.Bounds KEPT = Durations.Bounds.of("0s", "30d");

  private final Rollout route;
  private final Rollout gateway;

  private RolloutCompiler(Rollout route, Rollout gateway) {
    this.route = route;
    this.gateway = gateway;
  }

  /**
   * How it goes, and how a request's side is drawn meanwhile.
   *
   * @param hashOn null: each request is drawn
   */
  record Plan(
      RolloutSettings settings, LoadBalancing.@Nullable HashOn hashOn, List<ValueMatch> headers) {}

  /** What goes on where the route's own cannot be used: the gateway's, or the defaults. */
  static Plan of(Rollout gateway) {
    try {
      return new RolloutCompiler(Rollout.NONE, gateway).plan();
    } catch (Unusable e) {
      return new RolloutCompiler(Rollout.NONE, Rollout.NONE).plan();
    }
  }

  /**
   * How new pods take over. Where releases are to be replaced at once pods still stand beside each
   * other until the new ones are ready, since nobody would answer meanwhile.
   */
  static Plan pods(Rollout gateway) {
    Plan plan = of(gateway);
    return plan.settings().strategy() == RolloutSettings.Strategy.AT_ONCE
        ? new Plan(plan.settings().asSoonAsReady(), plan.hashOn(), plan.headers())
        : plan;
  }

  /**
   * @throws Unusable naming the field of the route that is out of its bounds
   */
  static Plan compile(ApiRoute route, Rollout gateway) {
    return new RolloutCompiler(route.getSpec().rollout(), gateway).plan();
  }

  private Plan plan() {
    List<RolloutStep> steps = route.steps().isEmpty() ? gateway.steps() : route.steps();
    RolloutStrategy strategy = strategy();
    boolean canary = strategy == null || strategy == RolloutStrategy.CANARY;
    RolloutSettings settings =
        new RolloutSettings(
            strategy == RolloutStrategy.RECREATE
                ? RolloutSettings.Strategy.AT_ONCE
                : RolloutSettings.Strategy.WARMED,
            warmup(),
            analysis(),
            canary ? stages(steps) : List.of(),
            either(Rollout::promotion, RolloutPromotion.AUTOMATIC) == RolloutPromotion.MANUAL
                ? RolloutSettings.Promotion.MANUAL
                : RolloutSettings.Promotion.AUTOMATIC,
            span(
                "spec.rollout.keepPreviousFor",
                either(Rollout::keepPreviousFor, ApiDuration.of("10m")),
                KEPT),
            route.purgeTags());
    HashOn on = said(Rollout::hashOn);
    List<HeaderMatch> headers = route.headers().isEmpty() ? gateway.headers() : route.headers();
    return new Plan(
        settings,
        BackendCompiler.hashOn(on),
        MatchCompiler.headers("spec.rollout.headers", headers));
  }

  /**
   * A route's steps say Canary, also to a gateway that says something else: they go with no other.
   */
  private @Nullable RolloutStrategy strategy() {
    boolean steps = route.strategy() == null && !route.steps().isEmpty();
    return steps ? RolloutStrategy.CANARY : said(Rollout::strategy);
  }

  private RolloutSettings.Warmup warmup() {
    Function<Rollout, RolloutWarmup> part = Rollout::warmup;
    return new RolloutSettings.Warmup(
        either(part.andThen(RolloutWarmup::minCoveragePercent), 95),
        either(part.andThen(RolloutWarmup::topKeys), 1_000),
        either(part.andThen(RolloutWarmup::maxOriginRps), 50),
        either(part.andThen(RolloutWarmup::concurrency), 8),
        span(
            "spec.rollout.warmup.timeout",
            either(part.andThen(RolloutWarmup::timeout), ApiDuration.of("10m")),
            TIMEOUT),
        either(part.andThen(RolloutWarmup::onTimeout), OnWarmupTimeout.ABORT)
                == OnWarmupTimeout.ABORT
            ? RolloutSettings.OnTimeout.ABORT
            : RolloutSettings.OnTimeout.PROMOTE,
        either(part.andThen(RolloutWarmup::maxChangedPercent), 20),
        new ModelLimits(
            either(part.andThen(RolloutWarmup::maxInferences), ModelLimits.DEFAULT.maxInferences()),
            either(part.andThen(RolloutWarmup::maxTokens), ModelLimits.DEFAULT.maxTokens()),
            maxCost(part)));
  }

  private @Nullable Cost maxCost(Function<Rollout, RolloutWarmup> part) {
    String most = said(part.andThen(RolloutWarmup::maxCost));
    return most == null
        ? null
        : new Cost(either(part.andThen(RolloutWarmup::currency), "USD"), Money.nanos(most));
  }

  private RolloutSettings.Analysis analysis() {
    Function<Rollout, RolloutAnalysis> part = Rollout::analysis;
    OnInconclusive then =
        either(part.andThen(RolloutAnalysis::onInconclusive), OnInconclusive.PROMOTE);
    return new RolloutSettings.Analysis(
        span(
            "spec.rollout.analysis.window",
            either(part.andThen(RolloutAnalysis::window), ApiDuration.of("10s")),
            WINDOW),
        either(part.andThen(RolloutAnalysis::maxErrorPercent), 1),
        either(part.andThen(RolloutAnalysis::maxP99IncreasePercent), 20),
        either(part.andThen(RolloutAnalysis::minHitPercent), 80),
        RolloutSettings.OnInconclusive.valueOf(then.name()),
        check(said(part.andThen(RolloutAnalysis::check))));
  }

  private static RolloutSettings.@Nullable Check check(@Nullable RolloutCheck check) {
    if (check == null) {
      return null;
    }
    String path = "spec.rollout.analysis.check";
    URI url;
    try {
      url = new URI(check.url());
    } catch (URISyntaxException e) {
      throw Unusable.invalid(
          path + ".url", "'%s' is no URL: %s".formatted(check.url(), e.getReason()));
    }
    if (url.getHost() == null || url.getScheme() == null || !url.getScheme().matches("https?")) {
      throw Unusable.invalid(
          path + ".url", "'%s' is no URL like https://example.com/check".formatted(check.url()));
    }
    ApiDuration timeout = Objects.requireNonNullElse(check.timeout(), ApiDuration.of("5s"));
    return new RolloutSettings.Check(
        url,
        span(path + ".timeout", timeout, CHECK),
        Objects.requireNonNullElse(check.expectStatus(), 200));
  }

  private static List<RolloutSettings.Stage> stages(List<RolloutStep> steps) {
    List<RolloutSettings.Stage> stages = new ArrayList<>();
    int before = 0;
    for (RolloutStep step : steps) {
      String path = "spec.rollout.steps[" + stages.size() + "]";
      int weight = Objects.requireNonNull(step.weight());
      if (weight <= before) {
        throw Unusable.invalid(
            path + ".weight", weight + " does not come after " + before + ": steps rise");
      }
      ApiDuration hold = step.hold();
      stages.add(
          new RolloutSettings.Stage(
              weight, hold == null ? Duration.ZERO : span(path + ".hold", hold, HOLD)));
      before = weight;
    }
    return stages;
  }

  private static Duration span(String path, ApiDuration written, Durations.Bounds bounds) {
    return Duration.ofMillis(Durations.millis(path, written, bounds));
  }

  private <T> T either(Function<Rollout, @Nullable T> field, T fallback) {
    T said = said(field);
    return said == null ? fallback : said;
  }

  private <T> @Nullable T said(Function<Rollout, @Nullable T> field) {
    T own = field.apply(route);
    return own == null ? field.apply(gateway) : own;
  }
}
