package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.RolloutStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where rollouts stand.
 *
 * @param pods of the gateway; null where nothing is known of them
 * @param routes by route, {@code namespace/name}: of those that have been rolled out
 */
public record RolloutStatuses(@Nullable RolloutStatus pods, Map<String, RolloutStatus> routes) {
  public RolloutStatuses {
    routes = Map.copyOf(routes);
  }

  /** Nothing has been rolled out. */
  public static RolloutStatuses none() {
    return new RolloutStatuses(null, Map.of());
  }
}
