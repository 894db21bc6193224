package io.warmgate.operator.translate;

import io.warmgate.config.Consumer;
import io.warmgate.crd.v1alpha1.KeyInUse;
import io.warmgate.crd.v1alpha1.RouteGrant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an ApiConsumer.
 *
 * @param consumer as pods know it: without what could not be used; null: they do not, since the
 *     gateway does not let its namespace in
 * @param keys its API keys among that, in the user's order
 * @param routes that it asks for, in the user's order
 */
public record CompiledConsumer(
    ObjectKey object, @Nullable Consumer consumer, List<KeyInUse> keys, List<RouteGrant> routes) {
  public CompiledConsumer {
    keys = List.copyOf(keys);
    routes = List.copyOf(routes);
  }
}
