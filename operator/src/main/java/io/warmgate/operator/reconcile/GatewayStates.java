package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.operator.check.Checks;
import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.gather.Gatherer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The {@link GatewayState} of every gateway. */
public final class GatewayStates implements AutoCloseable {
  private final Map<GatewayKey, GatewayState> states = new ConcurrentHashMap<>();
  private final KubernetesClient client;
  private final Gatherer gatherer;
  private final Checks checks;
  private final Consumer<GatewayKey> changed;

  /**
   * @param checks asks users' checks
   * @param changed is told of a gateway whose pods have news
   */
  public GatewayStates(
      KubernetesClient client, Gatherer gatherer, Checks checks, Consumer<GatewayKey> changed) {
    this.checks = checks;
    this.client = client;
    this.gatherer = gatherer;
    this.changed = changed;
  }

  /** That of this gateway; a new one where another gateway had the name before. */
  GatewayState of(ApiGateway gateway) {
    GatewayKey key = GatewayKey.of(gateway);
    String uid = gateway.getMetadata().getUid();
    GatewayState known = states.get(key);
    if (known != null && known.uid.equals(uid)) {
      return known;
    }
    remove(key);
    GatewayState fresh =
        new GatewayState(gateway, client, gatherer, checks, () -> changed.accept(key));
    states.put(key, fresh);
    return fresh;
  }

  /** The gateway is gone. */
  public void remove(GatewayKey key) {
    GatewayState state = states.remove(key);
    if (state != null) {
      state.close();
    }
  }

  /**
   * An informer shows a ConfigMap that was made for a gateway.
   *
   * @param resourceVersion null: it was deleted
   */
  public void seen(GatewayKey gateway, String configMap, @Nullable String resourceVersion) {
    GatewayState state = states.get(gateway);
    if (state != null && state.revisions.seen(configMap, resourceVersion)) {
      changed.accept(gateway);
    }
  }

  /** How many gateways are kept. */
  public int size() {
    return states.size();
  }

  @Override
  public void close() {
    states.keySet().forEach(this::remove);
  }
}
