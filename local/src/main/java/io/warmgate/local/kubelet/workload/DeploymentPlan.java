package io.warmgate.local.kubelet.workload;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.warmgate.local.kubelet.workload.RollingUpdate.Size;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deployments: one ReplicaSet a template, moved from the old ones to the new one. */
final class DeploymentPlan {
  private static final String REVISION = "deployment.kubernetes.io/revision";

  private final Snapshot snapshot;

  DeploymentPlan(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  List<Action> actions() {
    var actions = new ArrayList<Action>();
    for (Deployment deployment : snapshot.deployments()) {
      if (deployment.getMetadata().getDeletionTimestamp() == null) {
        plan(deployment, actions);
      }
    }
    return actions;
  }

  private void plan(Deployment deployment, List<Action> actions) {
    String hash = TemplateHash.of(deployment.getSpec().getTemplate());
    List<ReplicaSet> all = snapshot.replicaSetsOf(deployment);
    Optional<ReplicaSet> fresh =
        all.stream()
            .filter(set -> Pods.label(set, TemplateHash.DEPLOYMENT_LABEL).equals(hash))
            .findFirst();
    List<ReplicaSet> old =
        all.stream()
            .filter(set -> !Pods.label(set, TemplateHash.DEPLOYMENT_LABEL).equals(hash))
            .sorted(Comparator.comparing(set -> set.getMetadata().getCreationTimestamp()))
            .toList();
    if (fresh.isEmpty()) {
      actions.add(new Action.Create(replicaSet(deployment, hash, nextRevision(all)), deployment));
    } else if (recreates(deployment)) {
      recreate(deployment, fresh.get(), old, actions);
    } else {
      roll(deployment, fresh.get(), old, actions);
    }
    fresh.ifPresent(_ -> forget(deployment, old, actions));
    DeploymentStatuses.of(deployment, fresh.orElse(null), snapshot).ifPresent(actions::add);
  }

  private static boolean recreates(Deployment deployment) {
    var strategy = deployment.getSpec().getStrategy();
    return strategy != null && "Recreate".equals(strategy.getType());
  }

  private void recreate(
      Deployment deployment, ReplicaSet fresh, List<ReplicaSet> old, List<Action> actions) {
    old.forEach(set -> scale(set, 0, deployment, actions));
    if (old.stream().allMatch(set -> snapshot.podsOf(set).isEmpty())) {
      scale(fresh, replicas(deployment.getSpec()), deployment, actions);
    }
  }

  private void roll(
      Deployment deployment, ReplicaSet fresh, List<ReplicaSet> old, List<Action> actions) {
    var strategy = deployment.getSpec().getStrategy();
    var rolling = strategy == null ? null : strategy.getRollingUpdate();
    var update =
        RollingUpdate.of(
            replicas(deployment.getSpec()),
            rolling == null ? null : rolling.getMaxSurge(),
            rolling == null ? null : rolling.getMaxUnavailable());
    var step = update.next(size(fresh), old.stream().map(this::size).toList());
    scale(fresh, step.fresh(), deployment, actions);
    for (int i = 0; i < old.size(); i++) {
      scale(old.get(i), step.old().get(i), deployment, actions);
    }
  }

  private Size size(ReplicaSet set) {
    int available =
        (int)
            snapshot.podsOf(set).stream()
                .filter(Pods::active)
                .filter(p -> Pods.available(p, set.getSpec().getMinReadySeconds(), snapshot.now()))
                .count();
    return new Size(replicas(set), available);
  }

  private static void scale(
      ReplicaSet set, int replicas, Deployment deployment, List<Action> actions) {
    if (replicas(set) != replicas) {
      actions.add(new Action.Scale(set, replicas, deployment));
    }
  }

  /** Old ReplicaSets beyond the history go, once their pods are gone. */
  private void forget(Deployment deployment, List<ReplicaSet> old, List<Action> actions) {
    @Nullable Integer limit = deployment.getSpec().getRevisionHistoryLimit();
    List<ReplicaSet> empty =
        old.stream().filter(set -> replicas(set) == 0 && snapshot.podsOf(set).isEmpty()).toList();
    int excess = empty.size() - (limit == null ? 10 : limit);
    empty.stream().limit(Math.max(0, excess)).forEach(s -> actions.add(delete(s, deployment)));
  }

  private static Action delete(ReplicaSet set, Deployment owner) {
    return new Action.Delete(set, owner);
  }

  private static int nextRevision(List<ReplicaSet> all) {
    return 1
        + all.stream()
            .map(set -> set.getMetadata().getAnnotations())
            .mapToInt(a -> a == null ? 0 : Integer.parseInt(a.getOrDefault(REVISION, "0")))
            .max()
            .orElse(0);
  }

  private static ReplicaSet replicaSet(Deployment deployment, String hash, int revision) {
    DeploymentSpec spec = deployment.getSpec();
    var labels = new HashMap<>(labels(spec.getTemplate()));
    labels.put(TemplateHash.DEPLOYMENT_LABEL, hash);
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withNamespace(deployment.getMetadata().getNamespace())
        .withName(deployment.getMetadata().getName() + "-" + hash)
        .withLabels(labels)
        .addToAnnotations(REVISION, String.valueOf(revision))
        .withOwnerReferences(Owner.reference(deployment))
        .endMetadata()
        .withNewSpec()
        .withReplicas(0)
        .withMinReadySeconds(spec.getMinReadySeconds())
        .withNewSelectorLike(spec.getSelector())
        .addToMatchLabels(TemplateHash.DEPLOYMENT_LABEL, hash)
        .endSelector()
        .withNewTemplateLike(spec.getTemplate())
        .editOrNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static Map<String, String> labels(PodTemplateSpec template) {
    var meta = template.getMetadata();
    return meta == null || meta.getLabels() == null ? Map.of() : meta.getLabels();
  }

  static int replicas(DeploymentSpec spec) {
    return spec.getReplicas() == null ? 1 : spec.getReplicas();
  }

  static int replicas(ReplicaSet set) {
    Integer replicas = set.getSpec().getReplicas();
    return replicas == null ? 1 : replicas;
  }
}
