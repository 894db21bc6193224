package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.warmgate.operator.gather.GatewayKey;
import java.util.Set;

/**
 * What makes a primary resource be reconciled, whatever the reason: its attachments, its parts,
 * what its pods say.
 *
 * @param <P> the primary
 */
public final class GatewayEvents<P extends HasMetadata> extends AbstractEventSource<Void, P> {
  public GatewayEvents(String name) {
    super(Void.class, name);
  }

  /** Reconcile it soon; nothing where events are not taken yet or no more. */
  public void changed(GatewayKey primary) {
    if (isRunning()) {
      getEventHandler().handleEvent(new Event(new ResourceID(primary.name(), primary.namespace())));
    }
  }

  /** What it is about is read from the informers. */
  @Override
  public Set<Void> getSecondaryResources(P primary) {
    return Set.of();
  }
}
