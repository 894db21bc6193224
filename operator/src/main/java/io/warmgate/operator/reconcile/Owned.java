package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.warmgate.operator.snapshot.Labels;
import java.util.Map;

/** The metadata of what the operator writes for a gateway, a RedisCache or a consumer. */
public final class Owned {
  private Owned() {}

  /**
   * @param label its key, for the owner's name
   */
  public static ObjectMeta metadata(HasMetadata owner, String name, String label) {
    return new ObjectMetaBuilder()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(name)
        .withLabels(
            Map.of(Labels.MANAGED_BY, Labels.WARMGATE, label, owner.getMetadata().getName()))
        .addNewOwnerReference()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .build();
  }
}
