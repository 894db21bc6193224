package io.warmgate.operator.translate;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.RuleGeneration;
import io.warmgate.operator.snapshot.AttachedModel;
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
    Map<ObjectKey, List<String>> waiting = addModels();
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
    return new Inclusion(objects, generations, attached, waiting);
  }

  /**
   * An object's models are in it as they are written where all of them are asked so by whoever asks
   * them, and no other form of one is, nor one that is no longer in its list.
   */
  private Map<ObjectKey, List<String>> addModels() {
    Map<String, Map<String, Standing>> asked = asked();
    Map<ObjectKey, List<String>> waiting = new HashMap<>();
    for (AttachedModel attached : snapshot.attachments().models()) {
      ObjectKey key = ObjectKey.of(attached.model());
      List<Model> written = models.written(key);
      Map<String, Standing> standings = asked.computeIfAbsent(key.id(), _ -> new HashMap<>());
      written.forEach(
          model -> standings.putIfAbsent(model.label(), new Standing(model.model(), false)));
      List<String> not =
          standings.values().stream()
              .filter(standing -> !standing.asWritten())
              .map(Standing::name)
              .sorted()
              .toList();
      if (!written.isEmpty() && not.isEmpty()) {
        objects.add(key);
      } else if (attached.model().getSpec().hasList()) {
        waiting.put(key, not);
      }
    }
    return waiting;
  }

  /**
   * A model that rules ask.
   *
   * @param name that the provider knows it by
   */
  private record Standing(String name, boolean asWritten) {
    private Standing and(Standing other) {
      return new Standing(name, asWritten && other.asWritten);
    }
  }

  /** By object, and in it by label. */
  private Map<String, Map<String, Standing>> asked() {
    Map<String, Map<String, Standing>> asked = new HashMap<>();
    config.routes().stream()
        .flatMap(route -> route.allRules().stream())
        .flatMap(rule -> rule.backends().stream())
        .filter(ref -> ref.model() != null)
        .forEach(
            ref -> {
              Model model = models.served(Objects.requireNonNull(ref.model()));
              asked
                  .computeIfAbsent(model.object(), _ -> new HashMap<>())
                  .merge(
                      model.label(),
                      new Standing(model.model(), models.isWritten(ref)),
                      Standing::and);
            });
    return asked;
  }
}
