package io.warmgate.local.kubelet.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** ReplicaSets: as many active pods as asked for. */
final class ReplicaSetPlan {
  private final Snapshot snapshot;
  private final Supplier<String> suffix;

  /**
   * A plan.
   *
   * @param suffix the end of a new pod's name
   */
  ReplicaSetPlan(Snapshot snapshot, Supplier<String> suffix) {
    this.snapshot = snapshot;
    this.suffix = suffix;
  }

  List<Action> actions() {
    var actions = new ArrayList<Action>();
    for (ReplicaSet set : snapshot.replicaSets()) {
      if (set.getMetadata().getDeletionTimestamp() == null) {
        plan(set, actions);
      }
    }
    return actions;
  }

  private void plan(ReplicaSet set, List<Action> actions) {
    List<Pod> active = snapshot.podsOf(set).stream().filter(Pods::active).toList();
    int wanted = DeploymentPlan.replicas(set);
    for (int i = active.size(); i < wanted; i++) {
      actions.add(new Action.Create(pod(set), set));
    }
    active.stream()
        .sorted(Pods.DELETION_ORDER)
        .limit(Math.max(0, active.size() - wanted))
        .forEach(pod -> actions.add(new Action.Delete(pod, set)));
    status(set, active, actions);
  }

  private HasMetadata pod(ReplicaSet set) {
    String name = set.getMetadata().getName() + "-" + suffix.get();
    return Pods.from(set.getSpec().getTemplate(), set.getMetadata().getNamespace(), name)
        .editMetadata()
        .withOwnerReferences(Owner.reference(set))
        .endMetadata()
        .build();
  }

  private void status(ReplicaSet set, List<Pod> active, List<Action> actions) {
    Integer minReady = set.getSpec().getMinReadySeconds();
    ReplicaSetStatus status =
        new ReplicaSetStatusBuilder()
            .withObservedGeneration(set.getMetadata().getGeneration())
            .withReplicas(active.size())
            .withFullyLabeledReplicas(active.size())
            .withReadyReplicas((int) active.stream().filter(Pods::ready).count())
            .withAvailableReplicas(
                (int)
                    active.stream()
                        .filter(pod -> Pods.available(pod, minReady, snapshot.now()))
                        .count())
            .build();
    if (!Objects.equals(status, set.getStatus())) {
      actions.add(new Action.WriteStatus(new ReplicaSetBuilder(set).withStatus(status).build()));
    }
  }
}
