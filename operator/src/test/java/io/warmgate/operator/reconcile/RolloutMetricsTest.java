package io.warmgate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.warmgate.crd.v1alpha1.FailedRelease;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.translate.ObjectKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RolloutMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:10:00Z");
  private static final GatewayKey EDGE = new GatewayKey("shop", "edge");
  private static final GatewayKey OTHER = new GatewayKey("shop", "other");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RolloutMetrics metrics =
      new RolloutMetrics(registry, Clock.fixed(NOW, ZoneOffset.UTC), "ApiRoute");

  private static ObjectKey route(String name) {
    return new ObjectKey("ApiRoute", "shop", name);
  }

  private static RolloutStatus steady(@Nullable FailedRelease failed) {
    return status(RolloutPhase.STEADY, "v1", null, null, null, null, failed);
  }

  private static RolloutStatus underway(RolloutPhase phase, String since, @Nullable String cause) {
    return status(phase, "v1", "v2", since, null, cause, null);
  }

  private static RolloutStatus status(
      RolloutPhase phase,
      String release,
      @Nullable String next,
      @Nullable String since,
      @Nullable String paused,
      @Nullable String cause,
      @Nullable FailedRelease failed) {
    String began = next == null ? null : "2026-11-26T10:00:00Z";
    return new RolloutStatus(
        phase, release, next, null, null, null, began, since, paused, null, null, cause, null, null,
        failed, null);
  }

  private String scraped(String name) {
    return registry
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name))
        .filter(line -> !line.endsWith(" 0.0"))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  @Test
  void thereIsANumberForEveryPhaseBeforeTheFirstRollout() {
    assertThat(registry.scrape())
        .contains(
            "warmgate_rollout_phase{kind=\"ApiRoute\",phase=\"AwaitingPromotion\"} 0.0",
            "warmgate_rollout_phase_seconds{kind=\"ApiRoute\",phase=\"RollingBack\"} 0.0",
            "warmgate_rollout_paused{kind=\"ApiRoute\"} 0.0",
            "warmgate_rollout_failed{kind=\"ApiRoute\"} 0.0");
  }

  @Test
  void phasesAreCountedOverAllGateways() {
    metrics.are(
        EDGE,
        Map.of(
            route("a"), steady(null),
            route("b"), underway(RolloutPhase.WARMING, "2026-11-26T10:09:00Z", null),
            route("c"), underway(RolloutPhase.WARMING, "2026-11-26T10:05:00Z", null)));
    metrics.are(
        OTHER,
        Map.of(
            route("d"), underway(RolloutPhase.WARMING, "2026-11-26T10:08:00Z", null),
            route("e"), steady(new FailedRelease("v2", "Aborted", "somebody aborted it"))));
    assertThat(scraped("warmgate_rollout_phase{"))
        .isEqualTo(
            """
            warmgate_rollout_phase{kind="ApiRoute",phase="Steady"} 2.0
            warmgate_rollout_phase{kind="ApiRoute",phase="Warming"} 3.0\
            """);
    assertThat(scraped("warmgate_rollout_phase_seconds{"))
        .isEqualTo("warmgate_rollout_phase_seconds{kind=\"ApiRoute\",phase=\"Warming\"} 300.0");
    assertThat(scraped("warmgate_rollout_failed"))
        .isEqualTo("warmgate_rollout_failed{kind=\"ApiRoute\"} 1.0");
    metrics.forget(EDGE);
    assertThat(scraped("warmgate_rollout_phase{kind=\"ApiRoute\",phase=\"Warming\"}"))
        .endsWith(" 1.0");
  }

  @Test
  void whatWaitsForAPersonIsSeen() {
    metrics.are(
        EDGE,
        Map.of(
            route("a"),
            status(
                RolloutPhase.SHIFTING,
                "v1",
                "v2",
                "2026-11-26T10:05:00Z",
                "2026-11-26T10:06:00Z",
                null,
                null)));
    assertThat(scraped("warmgate_rollout_paused")).endsWith(" 1.0");
  }

  @Test
  void aRolloutIsCountedOnceWhenItEnds() {
    metrics.step(route("a"), null, underway(RolloutPhase.DRAINING, "", null), NOW);
    RolloutStatus in = status(RolloutPhase.STEADY, "v2", null, null, null, null, null);
    metrics.step(route("a"), null, in, NOW);
    metrics.are(EDGE, Map.of(route("a"), in));
    metrics.step(route("a"), null, in, NOW);
    assertThat(scraped("warmgate_rollout_duration_seconds_count"))
        .isEqualTo(
            "warmgate_rollout_duration_seconds_count{kind=\"ApiRoute\",outcome=\"Completed\"} 1");
    assertThat(scraped("warmgate_rollout_duration_seconds_sum")).endsWith(" 600.0");
    assertThat(registry.scrape())
        .contains("outcome=\"Completed\",le=\"600.0\"} 1", "outcome=\"Completed\",le=\"300.0\"} 0");
  }

  @Test
  void anOperatorThatStartsKnowsWhatWasWritten() {
    metrics.step(
        route("a"),
        underway(RolloutPhase.ROLLING_BACK, "2026-11-26T10:09:00Z", "NotWarm"),
        steady(new FailedRelease("v2", "NotWarm", "cold")),
        NOW);
    assertThat(scraped("warmgate_rollout_duration_seconds_count"))
        .contains("outcome=\"NotWarm\"} 1");
  }

  @Test
  void ordersAreCountedAndWhatIsNoneHasNoLabelOfItsOwn() {
    metrics.order("ApiRoute", "promote", RolloutMetrics.Obedience.OBEYED);
    metrics.order("ApiRoute", "promote", RolloutMetrics.Obedience.IGNORED);
    metrics.order("ApiRoute", "make it so", RolloutMetrics.Obedience.IGNORED);
    assertThat(scraped("warmgate_rollout_orders_total"))
        .isEqualTo(
            """
            warmgate_rollout_orders_total{kind="ApiRoute",order="other",result="ignored"} 1.0
            warmgate_rollout_orders_total{kind="ApiRoute",order="promote",result="ignored"} 1.0
            warmgate_rollout_orders_total{kind="ApiRoute",order="promote",result="obeyed"} 1.0\
            """);
  }

  @Test
  void aThousandRoutesMakeNoMoreSeriesThanOne() {
    metrics.are(EDGE, routes(1));
    long one = registry.scrape().lines().count();
    metrics.are(EDGE, routes(1_000));
    assertThat(registry.scrape().lines().count()).isEqualTo(one);
  }

  private static Map<ObjectKey, RolloutStatus> routes(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> route("r" + i), i -> steady(null)));
  }
}
