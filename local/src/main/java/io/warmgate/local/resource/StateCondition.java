package io.warmgate.local.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One condition of a status.
 *
 * @param current whether it speaks of the object's current generation
 */
public record StateCondition(
    String type, String status, String reason, String message, boolean current) {

  /** The conditions of an object, in the order of its status. */
  public static List<StateCondition> of(GenericKubernetesResource object) {
    Object conditions = object.get("status", "conditions");
    if (!(conditions instanceof List<?> list)) {
      return List.of();
    }
    Long generation = object.getMetadata().getGeneration();
    return list.stream()
        .filter(Map.class::isInstance)
        .map(entry -> of((Map<?, ?>) entry, generation == null ? 0 : generation))
        .toList();
  }

  private static StateCondition of(Map<?, ?> condition, long generation) {
    Object observed = condition.get("observedGeneration");
    return new StateCondition(
        text(condition.get("type")),
        text(condition.get("status")),
        text(condition.get("reason")),
        text(condition.get("message")),
        !(observed instanceof Number number) || number.longValue() >= generation);
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    return Objects.toString(value, "");
  }

  boolean isTrue() {
    return status.equals("True");
  }

  boolean isFalse() {
    return status.equals("False");
  }
}
