package io.warmgate.operator.translate;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.RuleGeneration;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What of the user's objects got into a configuration. */
final class Included {
  private final Snapshot snapshot;
  private final GatewayConfig config;
  private final Models models;
  private final Set<ObjectKey> objects = new HashSet<>();

  Included(Snapshot snapshot, GatewayConfig config, Models models) {
    this.snapshot = snapshot;
    this.config = config;
    this.models = models;
  }

  Inclusion of(List<CompiledRoute> routes, PolicyBook policies, List<Finding> findings) {
    Set<ObjectKey> wrong = findings.stream().map(Finding::object).collect(Collectors.toSet());
    Map<String, List<RuleGeneration>> generations = new HashMap<>();
    Map<String, Integer> attached = new HashMap<>();
    config.listeners().forEach(listener -> attached.put(listener.name(), 0));
    for (CompiledRoute route : routes) {
      if (route.asWritten()) {
        objects.add(route.object());
      }
      generations.put(route.route().id(), route.generations());
      route.route().listeners().forEach(name -> attached.merge(name, 1, Integer::sum));
    }
    ObjectKey gateway = ObjectKey.of(snapshot.gateway());
    if (!wrong.contains(gateway)) {
      objects.add(gateway);
    }
    for (ApiConsumer consumer : snapshot.attachments().consumers()) {
      ObjectKey key = ObjectKey.of(consumer);
      if (!wrong.contains(key)) {
        objects.add(key);
      }
    }
    addModels();
    policies
        .targets(snapshot.namespace())
        .forEach(
            (policy, targets) -> {
              boolean all =
                  targets.stream()
                      .allMatch(any -> any.kind().equals(gateway.kind()) || objects.contains(any));
              if (all) {
                objects.add(policy);
              }
            });
    return new Inclusion(objects, generations, attached);
  }

  /** A model is in it as it is written where whoever asks it does so. */
  private void addModels() {
    Map<String, Boolean> asked = new HashMap<>();
    config.routes().stream()
        .flatMap(route -> route.allRules().stream())
        .flatMap(rule -> rule.backends().stream())
        .filter(ref -> ref.model() != null)
        .forEach(
            ref ->
                asked.merge(
                    Model.object(Objects.requireNonNull(ref.model())),
                    models.isWritten(ref),
                    Boolean::logicalAnd));
    snapshot.attachments().models().stream()
        .map(attached -> ObjectKey.of(attached.model()))
        .filter(key -> asked.getOrDefault(key.id(), false))
        .forEach(objects::add);
  }
}
