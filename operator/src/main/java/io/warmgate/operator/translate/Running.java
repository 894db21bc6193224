package io.warmgate.operator.translate;

import io.warmgate.config.Backend;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Listener;
import io.warmgate.config.Model;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.MintedRevision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the current revision does: what an object that cannot be used goes on as. */
final class Running {
  private final @Nullable GatewayConfig config;
  private @Nullable Map<String, Route> routes;
  private @Nullable Map<String, Backend> backends;

  Running(Fleet fleet) {
    MintedRevision current = fleet.current();
    this.config = current == null ? null : current.config();
  }

  Optional<GatewayConfig> config() {
    return Optional.ofNullable(config);
  }

  Optional<Listener> listener(String name) {
    return config == null
        ? Optional.empty()
        : config.listeners().stream().filter(listener -> listener.name().equals(name)).findFirst();
  }

  Optional<Route> route(String id) {
    if (routes == null) {
      routes = index(config == null ? List.of() : config.routes(), Route::id);
    }
    return Optional.ofNullable(routes.get(id));
  }

  Optional<Rule> rule(String route, String rule) {
    return route(route)
        .flatMap(
            running -> running.rules().stream().filter(any -> any.id().equals(rule)).findFirst());
  }

  Optional<Backend> backend(String id) {
    if (backends == null) {
      backends = index(config == null ? List.of() : config.backends(), Backend::id);
    }
    return Optional.ofNullable(backends.get(id));
  }

  Optional<Model> model(String id) {
    return config == null
        ? Optional.empty()
        : config.models().stream().filter(model -> model.id().equals(id)).findFirst();
  }

  private static <T> Map<String, T> index(List<T> values, Function<T, String> key) {
    Map<String, T> index = new HashMap<>();
    values.forEach(value -> index.put(key.apply(value), value));
    return index;
  }
}
