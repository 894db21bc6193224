package io.warmgate.local.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rule of {@code warmgate up}: a Warmgate resource is ready when the conditions that its kind
 * must have are True for its current generation, none of the others that say so is False, and it is
 * not Degraded; a workload when all its replicas are updated and ready; anything else when it is
 * there.
 */
public final class Standings {
  /** What each kind must have. */
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "ApiGateway", List.of("Accepted", "Programmed", "Ready"),
          "ApiRoute", List.of("Accepted", "Programmed"),
          "ApiConsumer", List.of("Accepted", "Programmed"),
          "AiModelBackend", List.of("Accepted", "Programmed"),
          "RedisCache", List.of("Accepted", "Ready"),
          "CachePolicy", List.of("Accepted"));

  /** False here is a refusal, not a delay. */
  private static final Set<String> VERDICTS = Set.of("Accepted", "ResolvedRefs");

  /** False here means not yet. */
  private static final Set<String> PROGRESS = Set.of("Programmed", "Ready");

  private static final String PENDING = "Pending";

  private Standings() {}

  /** Where an object stands. */
  public static Standing of(GenericKubernetesResource object) {
    String kind = object.getKind();
    if (object.getApiVersion().startsWith("warmgate.io/")) {
      return conditions(object, REQUIRED.getOrDefault(kind, List.of()));
    }
    if (kind.equals("Deployment") || kind.equals("StatefulSet")) {
      return workload(object);
    }
    return new Standing.Ready();
  }

  private static Standing conditions(GenericKubernetesResource object, List<String> required) {
    List<StateCondition> conditions =
        StateCondition.of(object).stream().filter(StateCondition::current).toList();
    for (StateCondition condition : conditions) {
      if (VERDICTS.contains(condition.type())
          && condition.isFalse()
          && !condition.reason().equals(PENDING)) {
        return new Standing.Rejected(condition.type(), condition.reason(), condition.message());
      }
    }
    for (StateCondition condition : conditions) {
      boolean counts = VERDICTS.contains(condition.type()) || PROGRESS.contains(condition.type());
      if (counts && !condition.isTrue()) {
        return new Standing.Waiting(condition.type() + ": " + condition.reason());
      }
    }
    for (StateCondition condition : conditions) {
      if (condition.type().equals("Degraded") && condition.isTrue()) {
        return new Standing.Waiting("Degraded: " + condition.reason());
      }
    }
    for (String type : required) {
      if (conditions.stream().noneMatch(condition -> condition.type().equals(type))) {
        return new Standing.Waiting(type);
      }
    }
    return new Standing.Ready();
  }

  private static Standing workload(GenericKubernetesResource object) {
    long wanted = number(object, 1, "spec", "replicas");
    long generation =
        object.getMetadata().getGeneration() == null ? 0 : object.getMetadata().getGeneration();
    long ready =
        number(object, 0, "status", "observedGeneration") < generation
            ? 0
            : Math.min(
                number(object, 0, "status", "readyReplicas"),
                number(object, 0, "status", "updatedReplicas"));
    return ready >= wanted
        ? new Standing.Ready()
        : new Standing.Waiting("%d of %d pods ready".formatted(ready, wanted));
  }

  private static long number(GenericKubernetesResource object, long otherwise, Object... path) {
    return object.get(path) instanceof Number number ? number.longValue() : otherwise;
  }
}
