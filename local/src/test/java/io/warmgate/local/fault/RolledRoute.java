package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.warmgate.config.BackendRef;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.FailedRelease;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.operator.snapshot.MintedRevision;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A cached route of a {@link FaultCluster} whose releases change, as its owner sees it. */
final class RolledRoute {
  private final FaultCluster cluster;
  private final String name;
  private final String prefix;

  /**
   * @param prefix of the paths that are its own
   */
  RolledRoute(FaultCluster cluster, String name, String prefix) {
    this.cluster = cluster;
    this.name = name;
    this.prefix = prefix;
  }

  /**
   * Its version of this backend is wanted.
   *
   * @param rollout {@code spec.rollout}, in YAML's flow style
   */
  void release(ReleaseOrigin origin, String rollout) {
    cluster.apply(manifest(name, prefix, origin.release(), backend(origin), rollout));
  }

  /** The same, but nobody could be answered by it: its backend has no weight. */
  void releaseUnusable(ReleaseOrigin origin, String rollout) {
    String backend = "{url: \"%s\", weight: 0}".formatted(origin.url());
    cluster.apply(manifest(name, prefix, origin.release(), backend, rollout));
  }

  /** Its first version, with its policy, as YAML. */
  static String first(String name, String prefix, ReleaseOrigin origin) {
    return manifest(name, prefix, origin.release(), backend(origin), "{}");
  }

  private static String backend(ReleaseOrigin origin) {
    return "{url: \"%s\"}".formatted(origin.url());
  }

  private static String manifest(
      String name, String prefix, String version, String backend, String rollout) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: ApiRoute
    metadata: {name: %1$s}
    spec:
      parentRefs: [{name: edge}]
      version: %2$s
      rollout: %4$s
      rules:
      - matches: [{path: {value: %5$s}}]
        backendRefs: [%3$s]
    ---
    apiVersion: warmgate.io/v1alpha1
    kind: CachePolicy
    metadata: {name: %1$s}
    spec:
      targetRefs: [{kind: ApiRoute, name: %1$s}]
    """
        .formatted(name, version, backend, rollout, prefix);
  }

  String name() {
    return name;
  }

  Resource<ApiRoute> resource() {
    return cluster.client().resources(ApiRoute.class).inNamespace("default").withName(name);
  }

  /** Empty before the first rollout. */
  Optional<RolloutStatus> status() {
    return Optional.ofNullable(resource().get().getStatus()).map(ApiRouteStatus::rollout);
  }

  /** Fails at once where the rollout was left before it. */
  RolloutStatus awaitPhase(RolloutPhase phase) {
    await()
        .atMost(PATIENCE.multipliedBy(2))
        .pollInterval(Duration.ofMillis(50))
        .failFast(
            () -> {
              if (phase != RolloutPhase.STEADY) {
                assertThat(failure()).as("while %s was waited for", phase).isEmpty();
              }
            })
        .until(this::status, now -> now.filter(it -> it.phase() == phase).isPresent());
    return status().orElseThrow();
  }

  RolloutStatus awaitStatus(Predicate<RolloutStatus> wanted) {
    await()
        .atMost(PATIENCE.multipliedBy(2))
        .pollInterval(Duration.ofMillis(50))
        .until(this::status, now -> now.filter(wanted).isPresent());
    return status().orElseThrow();
  }

  /** What was tried and left, once the rollout is over. */
  Optional<FailedRelease> failure() {
    return status().filter(now -> now.phase() == RolloutPhase.STEADY).map(RolloutStatus::failed);
  }

  /** Gives an order, by annotation. */
  void order(String order) {
    ApiRoute _ =
        resource()
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\":{\"annotations\":{\"warmgate.io/rollout\":\"%s\"}}}"
                    .formatted(order));
  }

  /** Gives it if the rollout still stands there, and no other order is open. */
  void orderWhile(String order, RolloutStatus standing) {
    ApiRoute now = resource().get();
    boolean stands =
        now.getStatus() != null
            && standing.equals(now.getStatus().rollout())
            && open(now).isEmpty();
    if (stands) {
      order(order);
    }
  }

  /** The order that has not been taken off yet. */
  Optional<String> openOrder() {
    return open(resource().get());
  }

  private static Optional<String> open(ApiRoute route) {
    Map<String, String> annotations = route.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations == null ? null : annotations.get("warmgate.io/rollout"));
  }

  /** Under which its entries lie, as pods have it now. */
  Set<String> generations() {
    return MintedRevision.open(cluster.current()).config().routes().stream()
        .filter(route -> route.id().equals("default/" + name))
        .flatMap(route -> route.allRules().stream())
        .flatMap(rule -> rule.backends().stream())
        .map(BackendRef::generation)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** With its policy. */
  void delete() {
    resource().delete();
    cluster.client().resources(CachePolicy.class).inNamespace("default").withName(name).delete();
  }
}
