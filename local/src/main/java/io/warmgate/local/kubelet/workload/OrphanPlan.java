package io.warmgate.local.kubelet.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** ReplicaSets and pods whose controller is gone go too, also where nothing else collects them. */
final class OrphanPlan {
  private static final Set<String> OURS = Set.of("Deployment", "ReplicaSet", "StatefulSet");

  private OrphanPlan() {}

  static List<Action> actions(Snapshot snapshot) {
    Set<String> alive =
        Stream.of(snapshot.deployments(), snapshot.statefulSets(), snapshot.replicaSets())
            .flatMap(List::stream)
            .map(object -> object.getMetadata().getUid())
            .collect(Collectors.toSet());
    return Stream.of(snapshot.replicaSets(), snapshot.pods())
        .<HasMetadata>flatMap(List::stream)
        .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
        .filter(
            object ->
                Owner.of(object)
                    .filter(owner -> OURS.contains(owner.getKind()))
                    .filter(owner -> !alive.contains(owner.getUid()))
                    .isPresent())
        .<Action>map(object -> new Action.Delete(object, object))
        .toList();
  }
}
