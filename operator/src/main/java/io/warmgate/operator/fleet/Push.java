package io.warmgate.operator.fleet;

import io.warmgate.config.admin.EndpointSets;
import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.RevokeOrder;

/** What a pod lacks, and is sent next: pure. */
sealed interface Push {

  /** It has all, or cannot be asked now. */
  record Nothing() implements Push {}

  record Values(Target.Values values) implements Push {}

  record Revision(Target.Document revision) implements Push {}

  record Endpoints(EndpointSets endpoints) implements Push {}

  record Obey(Order order) implements Push {}

  /** Values before the revision that names them; a revision that it refused is not sent again. */
  static Push configuration(Target target, Contact contact) {
    PodState state = contact.state();
    if (state == null || contact.problem() != null) {
      return new Nothing();
    }
    Target.Document current = target.current();
    if (current != null && current.number() > contact.served() && !contact.refuses(current)) {
      boolean hasValues =
          target.values().fingerprints().isEmpty()
              || target.values().fingerprints().equals(contact.values());
      return hasValues ? new Revision(current) : new Values(target.values());
    }
    return state.endpointsVersion() < target.endpoints().version()
        ? new Endpoints(target.endpoints())
        : new Nothing();
  }

  /** Whether the pod is still to say what it makes of the current revision, or of an order. */
  static boolean awaited(Target target, Contact contact) {
    boolean revision =
        switch (configuration(target, contact)) {
          case Values _, Revision _ -> true;
          case Nothing _, Endpoints _, Obey _ -> false;
        };
    return revision || !(order(target, contact) instanceof Nothing);
  }

  /** Revocations first: of the revisions that it does not serve yet. */
  static Push order(Target target, Contact contact) {
    if (contact.state() == null || contact.problem() != null) {
      return new Nothing();
    }
    for (RevokeOrder order : target.revocations()) {
      if (contact.owes(order)) {
        return new Obey(order);
      }
    }
    for (PurgeOrder order : target.purges()) {
      if (!contact.hasPurged(order.id())) {
        return new Obey(order);
      }
    }
    return new Nothing();
  }
}
