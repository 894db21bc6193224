package io.warmgate.operator.translate;

import io.warmgate.config.Backend;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Routes as they run, for those that cannot be used as they are written. */
record Kept(
    Running running, Values values, Issuers issuers, Models models, RolloutCompiler.Plan plan) {

  boolean has(ObjectKey object) {
    return running.route(object.id()).isPresent();
  }

  /**
   * @param listeners where it is still served
   */
  Optional<CompiledRoute> route(ObjectKey object, List<String> listeners) {
    return running.route(object.id()).flatMap(route -> onto(object, route, listeners));
  }

  private Optional<CompiledRoute> onto(ObjectKey object, Route route, List<String> listeners) {
    List<String> still = route.listeners().stream().filter(listeners::contains).toList();
    Map<String, Backend> backends = new HashMap<>();
    for (Rule rule : route.rules()) {
      rule.backends()
          .forEach(
              ref -> running.backend(ref.backend()).ifPresent(any -> backends.put(any.id(), any)));
    }
    List<Rule> rules = models.still(route.rules());
    if (still.isEmpty()
        || rules == null
        || !backends.values().stream().allMatch(values::has)
        || !values.has(route.rules())) {
      return Optional.empty();
    }
    Route moved =
        new Route(
            route.id(), still, route.hostnames(), rules.stream().map(issuers::still).toList());
    return Optional.of(CompiledRoute.of(object, moved, backends, false, plan));
  }
}
