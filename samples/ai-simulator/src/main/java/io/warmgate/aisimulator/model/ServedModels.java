package io.warmgate.aisimulator.model;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** All models by name; safe for use by several threads. */
public final class ServedModels {
  private final Map<String, ServedModel> models = new ConcurrentSkipListMap<>();
  private final Map<String, ModelBehavior> shipped;
  private final InstantSource clock;

  public ServedModels(Map<String, ModelBehavior> shipped, InstantSource clock) {
    this.shipped = Map.copyOf(shipped);
    this.clock = clock;
    shipped.forEach(this::set);
  }

  /** Makes a model, or makes it do something else. */
  public void set(String name, ModelBehavior behavior) {
    models.compute(
        name,
        (key, there) -> {
          if (there == null) {
            return new ServedModel(name, behavior, clock);
          }
          there.become(behavior, clock);
          return there;
        });
  }

  /** Takes a model away: it is unknown from now on. */
  public void remove(String name) {
    models.remove(name);
  }

  /** All is as it was at the start. */
  public void reset() {
    models.keySet().retainAll(shipped.keySet());
    shipped.forEach(this::set);
    models.values().forEach(ServedModel::countAnew);
  }

  /** The model of that name, if it can be asked that. */
  public Optional<ServedModel> find(String name, ModelBehavior.Kind kind) {
    return Optional.ofNullable(models.get(name)).filter(model -> kind == model.behavior().kind());
  }

  /** All, by name. */
  public List<ServedModel> all() {
    return models.values().stream().map(Objects::requireNonNull).toList();
  }
}
