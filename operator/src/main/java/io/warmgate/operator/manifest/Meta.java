package io.warmgate.operator.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.warmgate.operator.snapshot.Labels;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the objects of one owner have in common.
 *
 * @param label the label that names the owner on its objects and pods
 */
record Meta(HasMetadata owner, String label, String component) {

  static Meta ofGateway(HasMetadata gateway) {
    return new Meta(gateway, Labels.GATEWAY, "gateway");
  }

  static Meta ofRedis(HasMetadata redis) {
    return new Meta(redis, Labels.REDIS, "redis");
  }

  String namespace() {
    return owner.getMetadata().getNamespace();
  }

  String ownerName() {
    return owner.getMetadata().getName();
  }

  /** What selects the owner's pods. */
  Map<String, String> selector() {
    return Map.of(label, ownerName());
  }

  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(selector());
    labels.put(Labels.APP_NAME, component);
    labels.put(Labels.MANAGED_BY, Labels.WARMGATE);
    return labels;
  }

  /** Owned by the owner: deleted with it. */
  ObjectMeta named(String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(namespace())
        .withLabels(labels())
        .addNewOwnerReference()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(ownerName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .build();
  }
}
