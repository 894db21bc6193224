package io.warmgate.local.kubelet.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Instant;
import java.util.List;

/** What one namespace holds, read in this order: owners before what they own. */
public record Snapshot(
    List<Deployment> deployments,
    List<StatefulSet> statefulSets,
    List<ReplicaSet> replicaSets,
    List<Pod> pods,
    List<Service> services,
    List<EndpointSlice> slices,
    Instant now) {

  /** The pods that this object controls. */
  List<Pod> podsOf(HasMetadata owner) {
    return pods.stream().filter(pod -> Owner.controls(owner, pod)).toList();
  }

  /** The ReplicaSets that this Deployment controls. */
  List<ReplicaSet> replicaSetsOf(Deployment deployment) {
    return replicaSets.stream().filter(set -> Owner.controls(deployment, set)).toList();
  }
}
