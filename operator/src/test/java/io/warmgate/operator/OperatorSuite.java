package io.warmgate.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicyStatus;
import io.warmgate.crd.v1alpha1.InvalidationPhase;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.operator.fake.Counted;
import io.warmgate.operator.fake.FakePod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What the operator does with an API server, whichever it is: pods are {@link FakePod}s. A subclass
 * names the server.
 */
public abstract class OperatorSuite extends SuiteCluster {
  @Test
  void aRouteIsProgrammedWhenEveryPodServesIt() {
    gateway(2);
    route("shop", "/shop");
    awaitProgrammed("shop");
    // Every pod that answers; one that is still starting does not.
    await().until(() -> pods().stream().anyMatch(pod -> pod.state().ready()));
    assertThat(pods().stream().filter(pod -> pod.state().ready()))
        .isNotEmpty()
        .allSatisfy(pod -> assertThat(routes(pod)).isEqualTo(1));
    await()
        .untilAsserted(
            () ->
                assertThat(pods())
                    .hasSize(2)
                    .allSatisfy(pod -> assertThat(routes(pod)).isEqualTo(1)));
    await()
        .untilAsserted(
            () ->
                assertThat(pods())
                    .allSatisfy(
                        pod ->
                            assertThat(pod.endpoints().services().values())
                                .containsExactly(
                                    List.of(new EndpointSets.Endpoint("10.1.0.7", 8080)))));
    await().until(() -> status(gatewayConditions(), "Ready").startsWith("True"));
    for (Class<? extends HasMetadata> kind :
        List.of(ServiceAccount.class, NetworkPolicy.class, PodDisruptionBudget.class)) {
      assertThat(cluster.get(kind, "edge").getMetadata().getOwnerReferences())
          .extracting(owner -> owner.getKind())
          .containsExactly("ApiGateway");
    }
    assertThat(deployment().getMetadata().getOwnerReferences())
        .extracting(owner -> owner.getKind())
        .containsExactly("ApiGateway");
  }

  @Test
  void endpointsFollowTheirSlices() {
    gateway(1);
    route("shop", "/shop");
    awaitProgrammed("shop");
    long revision = pods().getFirst().served();
    cluster.apply(Yaml.slice("catalog", "10.1.0.9", "true"));
    await().until(() -> pods().getFirst().endpoints().toString().contains("10.1.0.9"));
    cluster.apply(Yaml.slice("catalog", "10.1.0.9", "false"));
    await().until(() -> !pods().getFirst().endpoints().toString().contains("10.1.0.9"));
    assertThat(pods().getFirst().served()).isEqualTo(revision);
  }

  @Test
  void nothingIsWrittenWhenNothingChanges() {
    gateway(2);
    route("shop", "/shop");
    awaitProgrammed("shop");
    await().until(() -> status(gatewayConditions(), "Ready").startsWith("True"));
    await().until(() -> acknowledged() > 0 && acknowledged() == current());
    cluster.awaitQuiet(KINDS);
    Map<String, String> before = cluster.versions(KINDS);
    int heartbeats = pods().getFirst().heartbeats().size();
    await().until(() -> pods().getFirst().heartbeats().size() > heartbeats + 3);
    assertThat(cluster.versions(KINDS)).isEqualTo(before);
  }

  @Test
  void aScaleUpWritesNoRoutesStatus() {
    gateway(1);
    route("shop", "/shop");
    awaitProgrammed("shop");
    String before = cluster.get(ApiRoute.class, "shop").getMetadata().getResourceVersion();
    gateway(3);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> pods().size() == 3 && pods().stream().allMatch(pod -> pod.state().ready()));
    await().until(() -> acknowledgedBy(3));
    assertThat(cluster.get(ApiRoute.class, "shop").getMetadata().getResourceVersion())
        .isEqualTo(before);
  }

  @Test
  void whatIsDeletedOrEditedIsMadeAgain() {
    gateway(1);
    route("shop", "/shop");
    awaitProgrammed("shop");
    String uid = deployment().getMetadata().getUid();
    var _ = cluster.client().resource(cluster.get(NetworkPolicy.class, "edge")).delete();
    var _ = cluster.client().resource(cluster.get(ConfigMap.class, "edge-current")).delete();
    var _ = cluster.client().resource(cluster.get(Secret.class, "edge-admin")).delete();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(cluster.get(NetworkPolicy.class, "edge")).isNotNull();
              assertThat(cluster.get(ConfigMap.class, "edge-current")).isNotNull();
              assertThat(cluster.get(Secret.class, "edge-admin")).isNotNull();
            });
    cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(cluster.namespace())
        .withName(deployment().getMetadata().getName())
        .edit(
            deployment -> {
              deployment
                  .getSpec()
                  .getTemplate()
                  .getSpec()
                  .getContainers()
                  .getFirst()
                  .setImage("evil:1");
              return deployment;
            });
    await()
        .until(
            () ->
                deployment()
                    .getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .getFirst()
                    .getImage()
                    .equals("warmgate/gateway:test"));
    assertThat(deployment().getMetadata().getUid()).isEqualTo(uid);
  }

  @Test
  void aRestartedOperatorGoesOnWithTheSameRevision() {
    gateway(2);
    route("shop", "/shop");
    awaitProgrammed("shop");
    long number = pods().getFirst().served();
    cluster.restartOperator();
    int heartbeats = pods().getFirst().heartbeats().size();
    await().until(() -> pods().getFirst().heartbeats().size() > heartbeats + 1);
    assertThat(pods().getFirst().served()).isEqualTo(number);
    route("more", "/more");
    awaitProgrammed("more");
    assertThat(pods().getFirst().served()).isGreaterThan(number);
  }

  @Test
  void aRevisionThatCannotBeReadKeepsItsNumberAndWhatRanGoesOn() {
    gateway(1);
    route("shop", "/shop");
    awaitProgrammed("shop");
    await().until(() -> acknowledged() > 0 && acknowledged() == current());
    // What cannot be used any more goes on as it ran.
    cluster.apply(Yaml.service("catalog", "{warmgate.io/gateway: edge}"));
    await().until(() -> routeStatus("shop", "Accepted").equals("False/Invalid"));
    Revision ran = written();
    assertThat(ran.open().routes()).hasSize(1);
    write(
        new Revision(ran.gateway(), ran.number() + 1, ran.format() + 1, ran.hash(), ran.config()));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> written().format() == ran.format() && written().number() > ran.number());
    assertThat(written().number()).isEqualTo(ran.number() + 2);
    assertThat(written().hash()).isEqualTo(ran.hash());
    await().until(() -> pods().getFirst().served() == ran.number() + 2);
  }

  @Test
  void aPodWithAnotherContentUnderTheCurrentNumberGetsItUnderANewOne() {
    gateway(1);
    route("shop", "/shop");
    awaitProgrammed("shop");
    await().until(() -> acknowledged() > 0 && acknowledged() == current());
    Revision ran = written();
    GatewayConfig config = ran.open();
    GatewayConfig other =
        new GatewayConfig(
            config.gateway(),
            config.listeners(),
            List.of(),
            List.of(),
            config.cache(),
            config.limits(),
            config.telemetry());
    var _ = pods().getFirst().serving(Revision.of(ran.number(), other));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> pods().getFirst().served() == ran.number() + 1);
    assertThat(pods().getFirst().revision())
        .satisfies(served -> assertThat(served.hash()).isEqualTo(ran.hash()));
  }

  private Revision written() {
    ConfigMap map = cluster.get(ConfigMap.class, "edge-current");
    String json = Objects.requireNonNull(map.getData().get(Revision.FILE));
    return Revision.parse(json.getBytes(UTF_8));
  }

  private void write(Revision revision) {
    var _ =
        cluster
            .client()
            .configMaps()
            .inNamespace(cluster.namespace())
            .withName("edge-current")
            .edit(
                map -> {
                  map.setData(Map.of(Revision.FILE, new String(revision.toJson(), UTF_8)));
                  return map;
                });
  }

  @Test
  void aRevisionThatAPodRefusesIsNotProgrammedAndNotAcknowledged() {
    gateway(2);
    route("shop", "/shop");
    awaitProgrammed("shop");
    long good = pods().getFirst().served();
    await().until(() -> acknowledged() == good);
    pods().getFirst().refusing(number -> number > good);
    route("bad", "/bad");
    await().atMost(Duration.ofSeconds(20)).until(() -> current() > good);
    await().until(() -> !routeStatus("bad", "Programmed").equals("absent"));
    assertThat(routeStatus("bad", "Programmed")).startsWith("False");
    assertThat(routeStatus("shop", "Programmed")).startsWith("True");
    assertThat(acknowledged()).isEqualTo(good);
    assertThat(pods().getFirst().state().ready()).isTrue();
  }

  /** From the pods' counters alone; pods are asked every ten seconds. */
  @Test
  void aPolicySaysWhyItsHitRatioIsLow() {
    gateway(2);
    route("shop", "/shop");
    cluster.apply(Yaml.policy("shop-cache", "shop", "5s"));
    awaitProgrammed("shop");
    await().until(() -> acknowledgedBy(2));
    await().until(() -> pods().stream().allMatch(pod -> pod.calls(AdminApi.TRAFFIC) > 0));
    String route = cluster.namespace() + "/shop";
    pods().forEach(pod -> pod.counting(Counted.expired(route, "all", 400, 600, 5_000, 12_000)));
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> policyStatus("shop-cache").equals("40% False/TtlTooShort"));
    assertThat(
            cluster.get(CachePolicy.class, "shop-cache").getStatus().conditions().stream()
                .filter(any -> any.getType().equals("Efficient"))
                .map(Condition::getMessage))
        .singleElement()
        .asString()
        .contains("100% had expired", "fresh for 5s", "after 12s", "ttl.default is 5s: raise it");
    cluster.awaitQuiet(KINDS);
    String version =
        cluster.get(CachePolicy.class, "shop-cache").getMetadata().getResourceVersion();
    int asked = pods().getFirst().calls(AdminApi.TRAFFIC);
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> pods().getFirst().calls(AdminApi.TRAFFIC) > asked);
    cluster.awaitQuiet(KINDS);
    assertThat(cluster.get(CachePolicy.class, "shop-cache").getMetadata().getResourceVersion())
        .isEqualTo(version);
    cluster.apply(Yaml.policy("shop-cache", "shop", "1h"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> policyStatus("shop-cache").equals("null absent"));
  }

  private String policyStatus(String name) {
    CachePolicyStatus status = cluster.get(CachePolicy.class, name).getStatus();
    return status == null ? "" : status.hitRatio() + " " + status(status.conditions(), "Efficient");
  }

  @Test
  void anInvalidationIsCompletedWhenEveryAnsweringPodAcknowledged() {
    gateway(2);
    route("shop", "/shop");
    awaitProgrammed("shop");
    await().until(() -> acknowledgedBy(2)); // one that is still starting does not answer
    pods().getLast().hang();
    cluster.apply(Yaml.invalidation("purge", "edge", "/shop/1", 3600));
    await().until(() -> pods().getFirst().purges().size() == 1);
    await().until(() -> phase("purge") == InvalidationPhase.IN_PROGRESS);
    pods().getLast().release();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> phase("purge") == InvalidationPhase.COMPLETED);
    assertThat(pods()).allSatisfy(pod -> assertThat(pod.purges()).hasSize(1));
    assertThat(cluster.get(CacheInvalidation.class, "purge").getStatus().pods())
        .satisfies(counts -> assertThat(counts.acknowledged()).isEqualTo(2));
  }

  private InvalidationPhase phase(String name) {
    CacheInvalidation purge = cluster.get(CacheInvalidation.class, name);
    return purge.getStatus() == null || purge.getStatus().phase() == null
        ? InvalidationPhase.PENDING
        : purge.getStatus().phase();
  }

  @Test
  void aDryRunIsCountedByEveryPodAndPurgesNothing() {
    gateway(2);
    route("shop", "/shop");
    awaitProgrammed("shop");
    await().until(() -> acknowledgedBy(2));
    pods().getFirst().holding(1L, 2L);
    pods().getLast().holding(2L, 3L);
    pods().getLast().hang();
    cluster.apply(Yaml.dryRun("dry", "edge"));
    await().until(() -> pods().getFirst().counted().size() == 1);
    pods().getLast().release();
    await().atMost(Duration.ofSeconds(20)).until(() -> phase("dry") == InvalidationPhase.COMPLETED);
    assertThat(cluster.get(CacheInvalidation.class, "dry").getStatus().matched()).isEqualTo(3);
    assertThat(pods()).allSatisfy(pod -> assertThat(pod.purges()).isEmpty());
    assertThat(pods().getFirst().counted().getFirst().tags()).containsExactly("shop");
  }

  @Test
  void theAdminPortIsOpenAsLongAsSomebodyIsAllowed() {
    cluster.apply(Yaml.openGateway("edge"));
    route("shop", "/shop");
    awaitProgrammed("shop");
    assertThat(cluster.get(Service.class, "edge-admin").getSpec().getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getPort()).isEqualTo(9443));
    assertThat(cluster.get(NetworkPolicy.class, "edge").getSpec().getIngress()).hasSize(4);
    assertThat(cluster.get(Secret.class, "edge-admin").getData()).containsKey("purge-token");
    gateway(1);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(cluster.list(Service.class))
                  .extracting(service -> service.getMetadata().getName())
                  .doesNotContain("edge-admin");
              assertThat(cluster.get(NetworkPolicy.class, "edge").getSpec().getIngress())
                  .hasSize(3);
            });
  }

  @Test
  void aFinishedInvalidationGoesAfterItsTime() {
    gateway(1);
    route("shop", "/shop");
    awaitProgrammed("shop");
    cluster.apply(Yaml.invalidation("purge", "edge", "/shop/1", 1));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                pods().getFirst().purges().size() == 1
                    && cluster.list(CacheInvalidation.class).isEmpty());
  }

  @Test
  void aGatewaysRevisionsHaveOneFieldManager() {
    gateway(1);
    route("shop", "/shop");
    awaitProgrammed("shop");
    await().until(() -> acknowledged() > 0 && acknowledged() == current());
    for (String name : List.of("edge-current", "edge-acknowledged")) {
      assertThat(cluster.get(ConfigMap.class, name).getMetadata().getManagedFields())
          .extracting(entry -> entry.getManager() + " " + entry.getOperation())
          .containsExactly("warmgate Apply");
    }
  }

  @Test
  void aServiceThatSelectsTheGatewaysOwnPodsIsNoBackend() {
    gateway(1);
    cluster.apply(Yaml.service("itself", "{warmgate.io/gateway: edge}"));
    cluster.apply(Yaml.route("loop", "edge", "/loop", "itself"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> routeStatus("loop", "Accepted").equals("False/Invalid"));
  }

  @Test
  void anAutoscalerScalesTheGatewayAndNoRouteIsTold() {
    cluster.apply(Yaml.scalingGateway("edge", 2, 5, 70));
    route("shop", "/shop");
    awaitProgrammed("shop");
    HorizontalPodAutoscalerSpec scaler =
        cluster.get(HorizontalPodAutoscaler.class, "edge").getSpec();
    assertThat(scaler.getScaleTargetRef())
        .extracting(to -> to.getApiVersion() + " " + to.getKind() + "/" + to.getName())
        .isEqualTo("warmgate.io/v1alpha1 ApiGateway/edge");
    assertThat(List.of(scaler.getMinReplicas(), scaler.getMaxReplicas())).containsExactly(2, 5);
    assertThat(scaler.getMetrics())
        .singleElement()
        .satisfies(
            metric ->
                assertThat(metric.getResource().getTarget().getAverageUtilization()).isEqualTo(70));
    await().until(() -> pods().size() == 2 && acknowledgedBy(2));
    cluster.awaitQuiet(KINDS);
    String before = cluster.get(ApiRoute.class, "shop").getMetadata().getResourceVersion();
    // As the autoscaler does, by the subresource.
    var _ =
        cluster
            .client()
            .resources(ApiGateway.class)
            .inNamespace(cluster.namespace())
            .withName("edge")
            .scale(4);
    await().atMost(Duration.ofSeconds(20)).until(() -> pods().size() == 4 && acknowledgedBy(4));
    assertThat(deployment().getSpec().getReplicas()).isEqualTo(4);
    assertThat(cluster.get(ApiRoute.class, "shop").getMetadata().getResourceVersion())
        .isEqualTo(before);
  }

  @Test
  void whatNoGatewayHasIsTold() {
    cluster.apply(Yaml.route("lost", "nowhere", "/lost", "catalog"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> routeStatus("lost", "Accepted").startsWith("False/NoMatchingParent"));
  }

  @Test
  void aStandaloneRedisIsMadeAndItsGatewayGetsIt() {
    cluster.apply(Yaml.redis("cache"));
    cluster.apply(Yaml.sharingGateway("edge", "cache"));
    route("shop", "/shop");
    awaitProgrammed("shop");
    assertThat(cluster.get(StatefulSet.class, "cache-redis")).isNotNull();
    var shared = pods().getFirst().revision();
    assertThat(shared)
        .satisfies(
            revision ->
                assertThat(revision.open().cache().shared())
                    .satisfies(cache -> assertThat(cache.host()).contains("cache-redis")));
    assertThat(pods().getFirst().values()).hasSize(1);
    await().until(() -> cluster.get(RedisCache.class, "cache").getStatus() != null);
    // Its reconciles do not mint another password.
    String password = cluster.get(Secret.class, "cache-redis").getData().get("password");
    cluster.restartOperator();
    route("more", "/more");
    awaitProgrammed("more");
    assertThat(cluster.get(Secret.class, "cache-redis").getData())
        .containsEntry("password", password);
  }
}
