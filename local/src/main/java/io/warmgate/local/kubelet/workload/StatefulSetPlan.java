package io.warmgate.local.kubelet.workload;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodFluent;
import io.fabric8.kubernetes.api.model.PodSpecFluent;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * StatefulSets: pods {@code name-0} and on, each with its name for life. Ordered: the next is made
 * when those before it are ready; an update replaces one pod at a time from the highest down to the
 * partition. A volume claim is a folder that outlives the pod.
 */
final class StatefulSetPlan {
  private final Snapshot snapshot;

  StatefulSetPlan(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  List<Action> actions() {
    var actions = new ArrayList<Action>();
    for (StatefulSet set : snapshot.statefulSets()) {
      if (set.getMetadata().getDeletionTimestamp() == null) {
        plan(set, actions);
      }
    }
    return actions;
  }

  private void plan(StatefulSet set, List<Action> actions) {
    int wanted = set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
    String hash = TemplateHash.of(set.getSpec().getTemplate());
    NavigableMap<Integer, Pod> pods = byOrdinal(set);
    boolean parallel = "Parallel".equals(set.getSpec().getPodManagementPolicy());
    if (!fill(set, wanted, hash, pods, parallel, actions)
        && !shrink(set, wanted, pods, parallel, actions)) {
      update(set, hash, pods, actions);
    }
    status(set, wanted, hash, pods, actions);
  }

  private NavigableMap<Integer, Pod> byOrdinal(StatefulSet set) {
    var pods = new TreeMap<Integer, Pod>();
    String prefix = set.getMetadata().getName() + "-";
    for (Pod pod : snapshot.podsOf(set)) {
      pods.put(Integer.parseInt(pod.getMetadata().getName().substring(prefix.length())), pod);
    }
    return pods;
  }

  private static boolean fill(
      StatefulSet set,
      int wanted,
      String hash,
      Map<Integer, Pod> pods,
      boolean parallel,
      List<Action> actions) {
    for (int ordinal = 0; ordinal < wanted; ordinal++) {
      Pod pod = pods.get(ordinal);
      if (pod == null) {
        actions.add(new Action.Create(pod(set, ordinal, hash), set));
      } else if (Pods.ended(pod) && !Pods.terminating(pod)) {
        actions.add(new Action.Delete(pod, set));
      }
      if (!parallel && (pod == null || Pods.terminating(pod) || !Pods.ready(pod))) {
        return pod == null || !outdated(pod, hash);
      }
    }
    return false;
  }

  private static boolean shrink(
      StatefulSet set,
      int wanted,
      NavigableMap<Integer, Pod> pods,
      boolean parallel,
      List<Action> actions) {
    for (Map.Entry<Integer, Pod> last : pods.descendingMap().entrySet()) {
      if (last.getKey() < wanted) {
        return false;
      }
      if (!Pods.terminating(last.getValue())) {
        actions.add(new Action.Delete(last.getValue(), set));
      }
      if (!parallel) {
        return true;
      }
    }
    return false;
  }

  private static void update(
      StatefulSet set, String hash, NavigableMap<Integer, Pod> pods, List<Action> actions) {
    var strategy = set.getSpec().getUpdateStrategy();
    if (strategy != null && "OnDelete".equals(strategy.getType())) {
      return;
    }
    var rolling = strategy == null ? null : strategy.getRollingUpdate();
    int partition = rolling == null || rolling.getPartition() == null ? 0 : rolling.getPartition();
    for (Map.Entry<Integer, Pod> entry : pods.descendingMap().entrySet()) {
      Pod pod = entry.getValue();
      if (entry.getKey() < partition || Pods.terminating(pod)) {
        return;
      }
      if (outdated(pod, hash)) {
        actions.add(new Action.Delete(pod, set));
        return;
      }
      if (!Pods.ready(pod)) {
        return;
      }
    }
  }

  private static boolean outdated(Pod pod, String hash) {
    return !Pods.label(pod, TemplateHash.STATEFUL_SET_LABEL).equals(hash);
  }

  private static Pod pod(StatefulSet set, int ordinal, String hash) {
    String name = set.getMetadata().getName() + "-" + ordinal;
    PodFluent<?>.SpecNested<?> spec =
        Pods.from(set.getSpec().getTemplate(), set.getMetadata().getNamespace(), name)
            .editMetadata()
            .addToLabels(TemplateHash.STATEFUL_SET_LABEL, hash)
            .addToLabels("statefulset.kubernetes.io/pod-name", name)
            .addToLabels("apps.kubernetes.io/pod-index", String.valueOf(ordinal))
            .withOwnerReferences(Owner.reference(set))
            .endMetadata()
            .editSpec();
    spec.withHostname(name).withSubdomain(set.getSpec().getServiceName());
    claims(set, name, spec);
    return ((io.fabric8.kubernetes.api.model.PodBuilder) spec.endSpec()).build();
  }

  private static void claims(StatefulSet set, String pod, PodSpecFluent<?> spec) {
    set.getSpec()
        .getVolumeClaimTemplates()
        .forEach(
            claim -> {
              String name = claim.getMetadata().getName();
              spec.addNewVolume()
                  .withName(name)
                  .withNewPersistentVolumeClaim(name + "-" + pod, false)
                  .endVolume();
            });
  }

  private void status(
      StatefulSet set, int wanted, String hash, Map<Integer, Pod> pods, List<Action> actions) {
    List<Pod> active = pods.values().stream().filter(Pods::active).toList();
    int updated = (int) active.stream().filter(pod -> !outdated(pod, hash)).count();
    int ready = (int) active.stream().filter(Pods::ready).count();
    String revision = set.getMetadata().getName() + "-" + hash;
    StatefulSetStatus before = set.getStatus();
    boolean settled = updated == wanted && ready == wanted;
    StatefulSetStatus status =
        new StatefulSetStatusBuilder()
            .withObservedGeneration(set.getMetadata().getGeneration())
            .withReplicas(active.size())
            .withReadyReplicas(ready)
            .withAvailableReplicas(
                (int)
                    active.stream()
                        .filter(
                            pod ->
                                Pods.available(
                                    pod, set.getSpec().getMinReadySeconds(), snapshot.now()))
                        .count())
            .withCurrentReplicas(settled ? updated : active.size() - updated)
            .withUpdatedReplicas(updated)
            .withUpdateRevision(revision)
            .withCurrentRevision(
                settled || before == null || before.getCurrentRevision() == null
                    ? revision
                    : before.getCurrentRevision())
            .withCollisionCount(before == null ? null : before.getCollisionCount())
            .build();
    if (!Objects.equals(status, before)) {
      actions.add(new Action.WriteStatus(new StatefulSetBuilder(set).withStatus(status).build()));
    }
  }
}
