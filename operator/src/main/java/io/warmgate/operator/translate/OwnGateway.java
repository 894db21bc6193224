package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.Service;
import io.warmgate.operator.snapshot.Labels;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.Map;

/**
 * A backend that is the gateway itself, its admin port included: requests would go round. What only
 * name resolution shows, the runtime refuses.
 */
final class OwnGateway {
  private OwnGateway() {}

  static void refuse(String path, Snapshot snapshot, Service service) {
    Map<String, String> selector = service.getSpec().getSelector();
    boolean selects = selector != null && snapshot.name().equals(selector.get(Labels.GATEWAY));
    if (selects || service.getMetadata().getName().equals(snapshot.name())) {
      throw itself(path, snapshot);
    }
  }

  static void refuse(String path, Snapshot snapshot, String host) {
    String service = snapshot.name() + "." + snapshot.namespace();
    if (host.equals(snapshot.name())
        || host.equals(service)
        || host.equals(service + ".svc")
        || host.startsWith(service + ".svc.")) {
      throw itself(path, snapshot);
    }
  }

  private static Unusable itself(String path, Snapshot snapshot) {
    return Unusable.invalid(
        path,
        "is the gateway '%s' itself: requests would go round; name the backend"
            .formatted(snapshot.name()));
  }
}
