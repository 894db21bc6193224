package io.warmgate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.config.Revision;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiGatewayStatus;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.operator.fake.FakePod;
import io.warmgate.operator.snapshot.Labels;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A cluster for each test of a suite, on an API server that a subclass names, and its words. */
abstract class SuiteCluster {
  static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          ApiGateway.class,
          ApiRoute.class,
          CacheInvalidation.class,
          CacheWarmup.class,
          Deployment.class,
          Service.class,
          ServiceAccount.class,
          ConfigMap.class,
          Secret.class,
          NetworkPolicy.class,
          PodDisruptionBudget.class);

  Cluster cluster;

  /** An administrator's client; not closed by the suite. */
  protected abstract KubernetesClient client();

  @BeforeEach
  void start() {
    cluster = Cluster.withOperator(client());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  List<FakePod> pods() {
    return cluster.kubelet().pods();
  }

  void gateway(int replicas) {
    cluster.apply(Yaml.gateway("edge", replicas));
  }

  /** A route to a Service with an endpoint. */
  void route(String name, String path) {
    cluster.apply(Yaml.service("catalog"));
    cluster.apply(Yaml.slice("catalog", "10.1.0.7", "true"));
    cluster.apply(Yaml.route(name, "edge", path, "catalog"));
  }

  /** Those of the gateway's pods, one a template, the oldest first. */
  List<Deployment> deployments() {
    return client()
        .apps()
        .deployments()
        .inNamespace(cluster.namespace())
        .withLabel(Labels.GATEWAY, "edge")
        .list()
        .getItems()
        .stream()
        .sorted(Comparator.comparing(any -> any.getMetadata().getCreationTimestamp()))
        .toList();
  }

  /** The one there is while no rollout is under way. */
  Deployment deployment() {
    List<Deployment> all = deployments();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  static String status(List<Condition> conditions, String type) {
    return conditions.stream()
        .filter(condition -> condition.getType().equals(type))
        .map(condition -> condition.getStatus() + "/" + condition.getReason())
        .findFirst()
        .orElse("absent");
  }

  List<Condition> gatewayConditions() {
    ApiGateway gateway = cluster.get(ApiGateway.class, "edge");
    return gateway.getStatus() == null ? List.of() : gateway.getStatus().conditions();
  }

  long acknowledged() {
    ApiGatewayStatus status = cluster.get(ApiGateway.class, "edge").getStatus();
    return status == null || status.revision() == null ? 0 : status.revision().acknowledged();
  }

  long current() {
    ApiGatewayStatus status = cluster.get(ApiGateway.class, "edge").getStatus();
    return status == null || status.revision() == null ? 0 : status.revision().current();
  }

  boolean acknowledgedBy(int pods) {
    ApiGatewayStatus status = cluster.get(ApiGateway.class, "edge").getStatus();
    return status != null
        && status.pods() != null
        && status.pods().answering() == pods
        && status.pods().acknowledged() == pods;
  }

  String routeStatus(String name, String type) {
    ApiRoute route = cluster.get(ApiRoute.class, name);
    return route.getStatus() == null ? "absent" : status(route.getStatus().conditions(), type);
  }

  void awaitProgrammed(String route) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> routeStatus(route, "Programmed").startsWith("True"));
  }

  static int routes(FakePod pod) {
    Revision served = pod.revision();
    return served == null ? 0 : served.open().routes().size();
  }
}
