package io.warmgate.operator.translate;

import io.warmgate.config.Backend;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.crd.v1alpha1.RuleGeneration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A route on its way into the configuration.
 *
 * @param backends by id: at least those that its rules refer to
 * @param asWritten whether it is what the user's object says now; false where all or a rule of it
 *     goes on as it was
 * @param plan of its rollouts
 * @param generations of its rules that ask backends
 */
record CompiledRoute(
    ObjectKey object,
    Route route,
    Map<String, Backend> backends,
    boolean asWritten,
    RolloutCompiler.Plan plan,
    List<RuleGeneration> generations) {

  static CompiledRoute of(
      ObjectKey object,
      Route route,
      Map<String, Backend> backends,
      boolean asWritten,
      RolloutCompiler.Plan plan) {
    return new CompiledRoute(object, route, backends, asWritten, plan, generations(route.rules()));
  }

  /** The same object, served in another way. */
  CompiledRoute with(Route changed, Map<String, Backend> others, boolean written) {
    return of(object, changed, others, written, plan);
  }

  CompiledRoute with(Route changed) {
    return with(changed, backends, asWritten);
  }

  private static List<RuleGeneration> generations(List<Rule> rules) {
    List<RuleGeneration> generations = new ArrayList<>();
    for (Rule rule : rules) {
      if (!rule.backends().isEmpty()) {
        generations.add(
            new RuleGeneration(
                rule.id(),
                rule.backends().stream()
                    .map(BackendRef::generation)
                    .distinct()
                    .collect(Collectors.joining(",")),
                rule.cache() == null ? null : PolicyText.of(rule.cache())));
      }
    }
    return List.copyOf(generations);
  }
}
