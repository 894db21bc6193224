package io.warmgate.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.warmgate.config.Revision;
import io.warmgate.config.Shift;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicyStatus;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.crd.v1alpha1.CacheWarmupStatus;
import io.warmgate.crd.v1alpha1.InvalidationPhase;
import io.warmgate.crd.v1alpha1.ReleasePurge;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.crd.v1alpha1.ScheduledRun;
import io.warmgate.crd.v1alpha1.ScheduledRunPhase;
import io.warmgate.crd.v1alpha1.ScheduledWarmups;
import io.warmgate.crd.v1alpha1.WarmupPhase;
import io.warmgate.operator.fake.FakePod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Releases of routes with an API server, whichever it is: pods are {@link FakePod}s that say what
 * they are asked for and warm what they are told. A subclass names the server.
 */
public abstract class RolloutSuite extends SuiteCluster {
  private static final String QUICK =
      "{analysis: {window: 1s}, keepPreviousFor: 3s, promotion: Manual}";

  private Optional<RolloutStatus> rollout(String route) {
    return Optional.ofNullable(cluster.get(ApiRoute.class, route).getStatus())
        .map(ApiRouteStatus::rollout);
  }

  private void awaitPhase(String route, RolloutPhase phase) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> rollout(route).map(RolloutStatus::phase).orElse(null) == phase);
  }

  /** Writes another version of a route, and how it is to go in. */
  private void version(String route, String version, String rollout) {
    cluster.apply(
        Yaml.route(route, "edge", "/" + route, "catalog")
            .replaceFirst(
                "(?m)^spec:$", "spec:\n  version: %s\n  rollout: %s".formatted(version, rollout)));
  }

  private static @Nullable Shift shift(FakePod pod) {
    Revision served = pod.revision();
    return served == null ? null : served.open().routes().getFirst().shift();
  }

  @Test
  void aReleaseIsWarmedBesideTheOneThatServesAndThenTakesOver() {
    gateway(2);
    route("shop", "/shop");
    awaitProgrammed("shop");
    await().until(() -> pods().size() == 2 && pods().stream().allMatch(pod -> routes(pod) == 1));
    pods().forEach(pod -> pod.asked(cluster.namespace() + "/shop", "/shop/1", "/shop/2"));
    version("shop", "v2", QUICK);
    awaitPhase("shop", RolloutPhase.AWAITING_PROMOTION);
    RolloutStatus waiting = rollout("shop").orElseThrow();
    assertThat(waiting.percent()).isZero();
    assertThat(Objects.requireNonNull(waiting.warmup()).certified()).isEqualTo(2);
    assertThat(routeStatus("shop", "Programmed")).isEqualTo("False/ReleaseNotServed");
    await()
        .untilAsserted(
            () ->
                assertThat(cluster.metrics())
                    .contains(
                        "warmgate_rollout_phase{kind=\"ApiRoute\",phase=\"AwaitingPromotion\"}"
                            + " 1.0"));
    for (FakePod pod : pods()) {
      Shift shift = Objects.requireNonNull(shift(pod));
      assertThat(shift.from()).isEqualTo(waiting.release());
      assertThat(shift.to()).isEqualTo(waiting.next());
      assertThat(shift.percent()).isZero();
      assertThat(pod.warmed())
          .isNotEmpty()
          .allMatch(order -> order.release().equals(waiting.next()));
    }
    cluster.annotate(ApiRoute.class, "shop", "warmgate.io/rollout", "promote");
    awaitPhase("shop", RolloutPhase.STEADY);
    assertThat(cluster.metrics())
        .contains(
            "warmgate_rollout_duration_seconds_count{kind=\"ApiRoute\",outcome=\"Completed\"} 1",
            "warmgate_rollout_orders_total{kind=\"ApiRoute\",order=\"promote\",result=\"obeyed\"}"
                + " 1.0");
    RolloutStatus end = rollout("shop").orElseThrow();
    assertThat(end.release()).isEqualTo(waiting.next());
    assertThat(Objects.requireNonNull(end.previous()).release()).isEqualTo(waiting.release());
    awaitProgrammed("shop");
    await()
        .untilAsserted(
            () ->
                assertThat(cluster.get(ApiRoute.class, "shop").getMetadata().getAnnotations())
                    .as("an order is given once")
                    .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        some -> assertThat(some).doesNotContainKey("warmgate.io/rollout")));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> pods().stream().allMatch(pod -> shift(pod) == null));
    assertThat(rollout("shop").orElseThrow().previous()).isNull();
  }

  @Test
  void aWarmupIsDoneOnceOfWhatServesAndGoesAfterItsTime() {
    cluster.apply(Yaml.warmup("first"));
    gateway(2);
    route("shop", "/shop");
    awaitProgrammed("shop");
    await().until(() -> pods().size() == 2 && pods().stream().allMatch(pod -> routes(pod) == 1));
    pods().forEach(pod -> pod.asked(cluster.namespace() + "/shop", "/shop/1", "/shop/2"));
    await().until(() -> warmup("first").phase() == WarmupPhase.PENDING);
    cluster.apply(Yaml.requests("/shop/2\n/shop/3 | Accept-Language: de\n/other\n"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> warmup("first").phase() == WarmupPhase.COMPLETED);
    CacheWarmupStatus done = warmup("first");
    assertThat(done.planned()).isEqualTo(5);
    assertThat(done.certified()).isEqualTo(4);
    assertThat(done.failed()).isEqualTo(1);
    assertThat(done.coveragePercent()).isEqualTo(100);
    assertThat(status(done.conditions(), "Completed")).isEqualTo("True/Completed");
    assertThat(pods())
        .allSatisfy(pod -> assertThat(pod.warmed()).allMatch(any -> any.release().isEmpty()));
    await().atMost(Duration.ofSeconds(20)).until(() -> cluster.list(CacheWarmup.class).isEmpty());
  }

  @Test
  void aScheduledTimeThatCameWhileTheOperatorWasAwayIsRunOnce() {
    gateway(1);
    route("shop", "/shop");
    cluster.apply(Yaml.scheduled("shop", "shop", "0 0 1 1 *"));
    awaitProgrammed("shop");
    pods().forEach(pod -> pod.asked(cluster.namespace() + "/shop", "/shop/1", "/shop/2"));
    await().until(() -> warmups("shop").nextRunAt() != null);
    assertThat(warmups("shop").lastRun()).isNull();
    cluster.apply(Yaml.scheduled("shop", "shop", "* * * * *"));
    String due = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
    cluster.stopOperator();
    // What the operator wrote last may come between.
    await()
        .ignoreExceptionsMatching(RolloutSuite::isConflict)
        .untilAsserted(
            () -> {
              CachePolicy _ =
                  cluster
                      .client()
                      .resource(cluster.get(CachePolicy.class, "shop"))
                      .editStatus(policy -> due(policy, due));
            });
    cluster.restartOperator();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                Optional.ofNullable(warmups("shop").lastRun())
                    .filter(run -> run.phase() == ScheduledRunPhase.COMPLETED)
                    .isPresent());
    ScheduledRun run = Objects.requireNonNull(warmups("shop").lastRun());
    assertThat(run.certified()).isEqualTo(2);
    assertThat(run.coveragePercent()).isEqualTo(100);
    assertThat(Instant.parse(Objects.requireNonNull(warmups("shop").nextRunAt())))
        .isAfter(Instant.parse(due));
  }

  private static boolean isConflict(Throwable thrown) {
    return thrown instanceof KubernetesClientException refused && refused.getCode() == 409;
  }

  private static CachePolicy due(CachePolicy policy, String at) {
    policy.setStatus(new CachePolicyStatus(1L, null, new ScheduledWarmups(at, null), List.of()));
    return policy;
  }

  private ScheduledWarmups warmups(String policy) {
    CachePolicyStatus status = cluster.get(CachePolicy.class, policy).getStatus();
    return status == null || status.warmup() == null
        ? new ScheduledWarmups(null, null)
        : status.warmup();
  }

  private CacheWarmupStatus warmup(String name) {
    return Objects.requireNonNullElse(
        cluster.get(CacheWarmup.class, name).getStatus(),
        new CacheWarmupStatus(
            null, null, null, null, null, null, null, null, null, null, null, List.of()));
  }

  @Test
  void anAbortedReleaseIsLeftAndRememberedOverARestart() {
    gateway(1);
    route("shop", "/shop");
    awaitProgrammed("shop");
    version("shop", "v2", QUICK);
    awaitPhase("shop", RolloutPhase.AWAITING_PROMOTION);
    String blue = rollout("shop").orElseThrow().release();
    String green = Objects.requireNonNull(rollout("shop").orElseThrow().next());
    cluster.restartOperator();
    awaitPhase("shop", RolloutPhase.AWAITING_PROMOTION);
    cluster.annotate(ApiRoute.class, "shop", "warmgate.io/rollout", "abort");
    awaitPhase("shop", RolloutPhase.STEADY);
    cluster.restartOperator();
    cluster.awaitQuiet(KINDS);
    RolloutStatus end = rollout("shop").orElseThrow();
    assertThat(end.release()).isEqualTo(blue);
    assertThat(Objects.requireNonNull(end.failed()).release()).isEqualTo(green);
    assertThat(end.failed().reason()).isEqualTo("Aborted");
    await().until(() -> pods().stream().allMatch(pod -> shift(pod) == null));
  }

  private Optional<ReleasePurge> purge(String route) {
    return rollout(route).map(RolloutStatus::purge);
  }

  private static List<PurgeOrder> purgesOf(FakePod pod, String tag) {
    return pod.purges().stream().filter(order -> order.request().tags().contains(tag)).toList();
  }

  @Test
  void tagsArePurgedOnceWhenEveryPodGivesTheReleaseEverything() {
    gateway(2);
    route("shop", "/shop");
    awaitProgrammed("shop");
    version(
        "shop", "v2", "{analysis: {window: 2s}, promotion: Manual, purgeTags: [listing, home]}");
    awaitPhase("shop", RolloutPhase.AWAITING_PROMOTION);
    assertThat(purge("shop")).isEmpty();
    cluster.annotate(ApiRoute.class, "shop", "warmgate.io/rollout", "promote");
    awaitPhase("shop", RolloutPhase.OBSERVING);
    assertThat(purge("shop")).as("ordered with the step that promotes").isPresent();
    cluster.restartOperator();
    awaitPhase("shop", RolloutPhase.STEADY);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                purge("shop").map(ReleasePurge::phase).orElse(null) == InvalidationPhase.COMPLETED);
    ReleasePurge done = purge("shop").orElseThrow();
    assertThat(done.release()).isEqualTo(rollout("shop").orElseThrow().release());
    for (FakePod pod : pods()) {
      assertThat(purgesOf(pod, "listing"))
          .singleElement()
          .satisfies(
              order -> {
                assertThat(order.id()).isEqualTo(done.id());
                assertThat(order.request().tags()).containsExactly("listing", "home");
              });
    }
    await().until(() -> events("shop").contains("ReleasePurged"));
    assertThat(events("shop")).contains("ReleasePurgeOrdered");
  }

  @Test
  void theUsersCheckHasASay() throws IOException {
    HttpServer check =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicBoolean good = new AtomicBoolean();
    check.createContext(
        "/check",
        exchange -> {
          byte[] text = "prices are wrong\nmore of it\n".getBytes(UTF_8);
          exchange.sendResponseHeaders(good.get() ? 200 : 409, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    check.start();
    try {
      gateway(1);
      route("shop", "/shop");
      awaitProgrammed("shop");
      version(
          "shop",
          "v2",
          "{analysis: {window: 1s, check: {url: 'http://127.0.0.1:%d/check'}}}"
              .formatted(check.getAddress().getPort()));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> rollout("shop").map(RolloutStatus::failed).isPresent());
      assertThat(Objects.requireNonNull(rollout("shop").orElseThrow().failed()).message())
          .isEqualTo("its check answered 409: prices are wrong");
      good.set(true);
      cluster.annotate(ApiRoute.class, "shop", "warmgate.io/rollout", "retry");
      awaitProgrammed("shop");
      awaitPhase("shop", RolloutPhase.STEADY);
      assertThat(rollout("shop").orElseThrow().failed()).isNull();
    } finally {
      check.stop(0);
    }
  }

  @Test
  void whoOrderedWhatAndWhyIsAnEvent() {
    gateway(1);
    route("shop", "/shop");
    awaitProgrammed("shop");
    version("shop", "v2", QUICK);
    awaitPhase("shop", RolloutPhase.AWAITING_PROMOTION);
    cluster.annotate(ApiRoute.class, "shop", "warmgate.io/reason", "INC-42, it is \\n wrong");
    cluster.annotate(ApiRoute.class, "shop", "warmgate.io/rollout", "abort");
    awaitPhase("shop", RolloutPhase.STEADY);
    await().until(() -> said("shop", "RolloutOrdered").isPresent());
    assertThat(said("shop", "RolloutOrdered").orElseThrow())
        .startsWith("'abort' by fabric8")
        .contains(", because \"INC-42, it is   wrong\": obeyed, release ");
    await().until(() -> annotations("shop").isEmpty());
    cluster.annotate(ApiRoute.class, "shop", "warmgate.io/rollout", "resume");
    await().until(() -> annotations("shop").isEmpty());
    await()
        .until(
            () ->
                cluster.list(Event.class).stream()
                    .anyMatch(
                        event ->
                            event.getMessage().startsWith("'resume' by fabric8")
                                && event.getMessage().endsWith(": it does not apply")));
    cluster.apply(
        Yaml.invalidation("purge", "edge", "/shop/1", 3600)
            .replace("{name: purge}", "{name: purge, annotations: {warmgate.io/reason: INC-43}}"));
    await().until(() -> said("purge", "PurgeOrdered").isPresent());
    assertThat(said("purge", "PurgeOrdered").orElseThrow())
        .startsWith("hard purge of 1 path (/shop/1) of gateway edge, by user at 2")
        .endsWith(", because \"INC-43\"");
    await()
        .until(
            () ->
                cluster
                    .metrics()
                    .contains("warmgate_operator_invalidations_total{phase=\"Completed\"} 1.0"));
  }

  private Map<String, String> annotations(String route) {
    return Optional.ofNullable(cluster.get(ApiRoute.class, route).getMetadata().getAnnotations())
        .orElse(Map.of());
  }

  private Optional<String> said(String object, String reason) {
    return cluster.list(Event.class).stream()
        .filter(event -> event.getInvolvedObject().getName().equals(object))
        .filter(event -> event.getReason().equals(reason))
        .map(Event::getMessage)
        .findFirst();
  }

  private List<String> events(String route) {
    return cluster.list(Event.class).stream()
        .filter(event -> event.getInvolvedObject().getName().equals(route))
        .map(Event::getReason)
        .toList();
  }

  @Test
  void anAbortedReleasePurgesNothingAndOneThatIsServedAtOnceDoes() {
    gateway(1);
    route("shop", "/shop");
    awaitProgrammed("shop");
    version("shop", "v2", "{promotion: Manual, purgeTags: [listing]}");
    awaitPhase("shop", RolloutPhase.AWAITING_PROMOTION);
    cluster.annotate(ApiRoute.class, "shop", "warmgate.io/rollout", "abort");
    awaitPhase("shop", RolloutPhase.STEADY);
    cluster.awaitQuiet(KINDS);
    assertThat(purge("shop")).isEmpty();
    assertThat(pods()).allSatisfy(pod -> assertThat(pod.purges()).isEmpty());
    version("shop", "v3", "{strategy: Recreate, purgeTags: [listing]}");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> pods().stream().allMatch(pod -> purgesOf(pod, "listing").size() == 1));
  }
}
