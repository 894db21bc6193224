package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.gather.Gatherer;
import io.warmgate.operator.gather.ResourceVersions;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Secret that the operator writes: what it holds, also right after it was written and the
 * informer does not show it yet; made again when somebody deletes it.
 */
public final class OwnSecret {
  private final KubernetesClient client;
  private final Gatherer gatherer;
  private final String name;
  private final String label;
  private @Nullable Secret known;
  private boolean shown;

  /**
   * @param label on the Secret, for its owner's name
   */
  public OwnSecret(KubernetesClient client, Gatherer gatherer, String name, String label) {
    this.client = client;
    this.gatherer = gatherer;
    this.name = name;
    this.label = label;
  }

  /** What it holds; empty where there is none. */
  public Map<String, byte[]> read(HasMetadata owner) {
    String namespace = owner.getMetadata().getNamespace();
    Optional<Secret> informed = gatherer.own(GatewayKey.of(owner), new GatewayKey(namespace, name));
    if (informed.isPresent() && (known == null || !isOlder(informed.get(), known))) {
      known = informed.get();
      shown = true;
    } else if (informed.isEmpty() && shown) {
      known = null;
      shown = false;
    }
    return known == null ? Map.of() : Gatherer.decoded(known);
  }

  private static boolean isOlder(Secret informed, Secret known) {
    return informed.getMetadata().getUid().equals(known.getMetadata().getUid())
        && ResourceVersions.isNewer(known, informed);
  }

  /** Holds this from now on; written where it does not. */
  public void write(HasMetadata owner, Map<String, byte[]> values) {
    Map<String, String> data = new TreeMap<>();
    values.forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value)));
    Secret wanted =
        new SecretBuilder()
            .withMetadata(Owned.metadata(owner, name, label))
            .withType("Opaque")
            .withData(data)
            .build();
    if (known != null
        && data.equals(Objects.requireNonNullElse(known.getData(), Map.of()))
        && known
            .getMetadata()
            .getOwnerReferences()
            .equals(wanted.getMetadata().getOwnerReferences())) {
      return;
    }
    known = client.resource(wanted).patch(ServerSideApply.asOwner());
    shown = false;
  }
}
