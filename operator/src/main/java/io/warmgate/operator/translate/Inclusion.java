package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.RuleGeneration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of the user's objects a configuration holds.
 *
 * @param objects those that are in it as they are now written; an object that goes on as it was
 *     before, since what is now written is wrong, is not among them
 * @param generations namespace/name of each route that is in it → the generations of its rules
 * @param attachedRoutes name of each listener that is in it → how many routes it serves
 * @param waiting of AiModelBackends with several models which of these are not in it as they are
 *     now written; those that no longer are in the list and are served still are among them
 */
public record Inclusion(
    Set<ObjectKey> objects,
    Map<String, List<RuleGeneration>> generations,
    Map<String, Integer> attachedRoutes,
    Map<ObjectKey, List<String>> waiting) {
  public Inclusion {
    objects = Set.copyOf(objects);
    generations = Map.copyOf(generations);
    attachedRoutes = Map.copyOf(attachedRoutes);
    waiting = Map.copyOf(waiting);
  }

  /** Of a configuration that there is not. */
  public static Inclusion nothing() {
    return new Inclusion(Set.of(), Map.of(), Map.of(), Map.of());
  }
}
