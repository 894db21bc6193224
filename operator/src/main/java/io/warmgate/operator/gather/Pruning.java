package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

/** What of a kind nobody here reads, and so is not kept. */
final class Pruning {
  private Pruning() {}

  static void nothing(HasMetadata object) {}

  static void pod(Pod pod) {
    pod.setSpec(null);
    pod.getMetadata().setAnnotations(null);
  }

  static void deployment(Deployment deployment) {
    deployment.getSpec().setTemplate(null);
  }

  static void statefulSet(StatefulSet set) {
    set.getSpec().setTemplate(null);
  }

  static void service(Service service) {
    service.getSpec().setSelector(null);
  }

  static void configMap(ConfigMap map) {
    map.setData(null);
    map.setBinaryData(null);
  }

  static void slice(EndpointSlice slice) {
    slice.getMetadata().setAnnotations(null);
    slice
        .getEndpoints()
        .forEach(
            endpoint -> {
              endpoint.setHints(null);
              endpoint.setTargetRef(null);
              endpoint.setNodeName(null);
              endpoint.setZone(null);
              endpoint.setHostname(null);
            });
  }
}
