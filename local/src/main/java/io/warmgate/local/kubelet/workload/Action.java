package io.warmgate.local.kubelet.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

/** One write that a plan asks for. */
public sealed interface Action {

  /** Makes an object that is not there; {@code owner} gets the Event. */
  record Create(HasMetadata object, HasMetadata owner) implements Action {}

  /** Deletes an object, as it is now (by uid). */
  record Delete(HasMetadata object, HasMetadata owner) implements Action {}

  /** Sets how many pods a ReplicaSet has. */
  record Scale(ReplicaSet replicaSet, int replicas, HasMetadata owner) implements Action {}

  /** Writes the status of this object as it stands in it. */
  record WriteStatus(HasMetadata object) implements Action {}

  /** Writes an EndpointSlice whole. */
  record Replace(EndpointSlice slice) implements Action {}

  /** A pod's name and kind, for a log line. */
  static String name(HasMetadata object) {
    String kind = object instanceof Pod ? "pod" : object.getKind();
    return kind + " " + object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }
}
