package io.warmgate.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.gather.Listener;
import io.warmgate.operator.reconcile.Applier;
import io.warmgate.operator.reconcile.Bursts;
import io.warmgate.operator.reconcile.GatewayEvents;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Which change makes what be reconciled. */
record Wiring(
    GatewayEvents<ApiGateway> gateways,
    GatewayEvents<RedisCache> redises,
    Bursts bursts,
    Applier applier,
    Later later)
    implements Listener {

  /** What became of an object. */
  enum Fate {
    WRITTEN,
    DELETED
  }

  /** What is made after the watches, and told through them. */
  static final class Later {
    private volatile Consumer<String> namespaces = namespace -> {};
    private volatile Consumer<HasMetadata> gone = object -> {};
    private volatile BiConsumer<ConfigMap, Fate> moved = (map, fate) -> {};

    void namespaces(Consumer<String> told) {
      namespaces = told;
    }

    void gone(Consumer<HasMetadata> told) {
      gone = told;
    }

    void moved(BiConsumer<ConfigMap, Fate> told) {
      moved = told;
    }
  }

  @Override
  public void namespaceChanged(String namespace) {
    later.namespaces.accept(namespace);
  }

  @Override
  public void attachmentChanged(GatewayKey gateway) {
    bursts.changed(gateway);
    gateways.changed(gateway);
  }

  @Override
  public void gatewayChanged(GatewayKey gateway) {
    gateways.changed(gateway);
  }

  @Override
  public void redisChanged(GatewayKey redis) {
    redises.changed(redis);
  }

  @Override
  public void deleted(HasMetadata object) {
    later.gone.accept(object);
  }

  @Override
  public void ownedSeen(HasMetadata object) {
    applier.seen(object);
    if (object instanceof ConfigMap map) {
      later.moved.accept(map, Fate.WRITTEN);
    }
  }

  @Override
  public void ownedDeleted(HasMetadata object) {
    applier.deleted(object);
    if (object instanceof ConfigMap map) {
      later.moved.accept(map, Fate.DELETED);
    }
  }
}
