package io.warmgate.local.kubelet.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.warmgate.local.network.EndpointAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The plans over a namespace that does what they say, as an API server would. */
class WorkloadPlansTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  private final List<Deployment> deployments = new ArrayList<>();
  private final List<StatefulSet> statefulSets = new ArrayList<>();
  private final List<ReplicaSet> replicaSets = new ArrayList<>();
  private final List<Pod> pods = new ArrayList<>();
  private int counter;

  @Test
  void aDeploymentGetsItsPodsThenNothingIsLeftToDo() {
    deployments.add(deployment(2, "v1"));
    settle();
    assertThat(pods).hasSize(2).allMatch(pod -> image(pod).equals("v1"));
    assertThat(deployments.getFirst().getStatus().getReadyReplicas()).isEqualTo(2);
    assertThat(actions()).isEmpty();
  }

  @Test
  void aNewTemplateReplacesPodsOneByOneAndKeepsTheOldSetEmpty() {
    deployments.add(deployment(2, "v1"));
    settle();
    var changed = deployment(2, "v2");
    changed.getMetadata().setUid(deployments.getFirst().getMetadata().getUid());
    deployments.set(0, changed);
    settle();
    assertThat(pods).hasSize(2).allMatch(pod -> image(pod).equals("v2"));
    assertThat(replicaSets).hasSize(2);
    assertThat(deployments.getFirst().getStatus().getConditions())
        .anyMatch(c -> "NewReplicaSetAvailable".equals(c.getReason()));
  }

  @Test
  void aPodThatIsGoneIsReplacedAndAnOrphanGoes() {
    deployments.add(deployment(1, "v1"));
    settle();
    pods.clear();
    settle();
    assertThat(pods).hasSize(1);
    deployments.clear();
    settle();
    assertThat(replicaSets).isEmpty();
    assertThat(pods).isEmpty();
  }

  @Test
  void aStatefulSetIsFilledInOrderAndUpdatedFromTheTop() {
    statefulSets.add(statefulSet(2, "v1"));
    step(); // makes redis-0, which is not ready before the next step
    assertThat(names()).containsExactly("redis-0");
    settle();
    assertThat(names()).containsExactly("redis-0", "redis-1");
    var changed = statefulSet(2, "v2");
    changed.getMetadata().setUid(statefulSets.getFirst().getMetadata().getUid());
    statefulSets.set(0, changed);
    assertThat(actions())
        .filteredOn(Action.Delete.class::isInstance)
        .singleElement()
        .satisfies(
            a ->
                assertThat(((Action.Delete) a).object().getMetadata().getName())
                    .isEqualTo("redis-1"));
    settle();
    assertThat(pods).hasSize(2).allMatch(pod -> image(pod).equals("v2"));
  }

  @Test
  void endpointsSayReadyServingAndTerminating() {
    deployments.add(deployment(2, "v1"));
    settle();
    pods.getFirst().getMetadata().setDeletionTimestamp(NOW.toString());
    var service =
        new ServiceBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("web")
            .withUid("s")
            .endMetadata()
            .withNewSpec()
            .addToSelector("app", "web")
            .addNewPort()
            .withName("http")
            .withPort(80)
            .withNewTargetPort("http")
            .endPort()
            .endSpec()
            .build();
    var snapshot =
        new Snapshot(List.of(), List.of(), List.of(), pods, List.of(service), List.of(), NOW);
    List<Action> plan = new EndpointSlicePlan(snapshot, EndpointAddress.IPv4).actions();
    assertThat(plan).hasSize(1);
    var slice = (EndpointSlice) ((Action.Create) plan.getFirst()).object();
    assertThat(slice.getPorts().getFirst().getPort()).isEqualTo(8080);
    assertThat(slice.getEndpoints())
        .extracting(
            e ->
                e.getConditions().getReady()
                    + "/"
                    + e.getConditions().getServing()
                    + "/"
                    + e.getConditions().getTerminating())
        .containsExactlyInAnyOrder("false/true/true", "true/true/false");
    var again =
        new Snapshot(List.of(), List.of(), List.of(), pods, List.of(service), List.of(slice), NOW);
    assertThat(new EndpointSlicePlan(again, EndpointAddress.IPv4).actions()).isEmpty();
  }

  private List<String> names() {
    return pods.stream().map(pod -> pod.getMetadata().getName()).sorted().toList();
  }

  private static String image(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getImage();
  }

  private List<Action> actions() {
    var snapshot =
        new Snapshot(deployments, statefulSets, replicaSets, pods, List.of(), List.of(), NOW);
    var actions = new ArrayList<Action>();
    actions.addAll(OrphanPlan.actions(snapshot));
    actions.addAll(new DeploymentPlan(snapshot).actions());
    actions.addAll(new ReplicaSetPlan(snapshot, () -> "p" + counter++).actions());
    actions.addAll(new StatefulSetPlan(snapshot).actions());
    return actions;
  }

  private void settle() {
    for (int i = 0; i < 50; i++) {
      if (!step()) {
        return;
      }
    }
    throw new AssertionError("the plans never come to rest");
  }

  /** One round: what was made before turns ready, then the plans are obeyed. */
  private boolean step() {
    pods.forEach(WorkloadPlansTest::ready);
    List<Action> actions = actions();
    actions.forEach(this::obey);
    return !actions.isEmpty();
  }

  private static void ready(Pod pod) {
    pod.setStatus(
        new PodBuilder()
            .withNewStatus()
            .withPhase("Running")
            .withPodIP("127.1.0." + Math.floorMod(pod.getMetadata().getName().hashCode(), 200))
            .withConditions(condition())
            .endStatus()
            .build()
            .getStatus());
  }

  private static PodCondition condition() {
    var condition = new PodCondition();
    condition.setType("Ready");
    condition.setStatus("True");
    condition.setLastTransitionTime(NOW.toString());
    return condition;
  }

  private void obey(Action action) {
    switch (action) {
      case Action.Create(HasMetadata object, HasMetadata _) -> {
        object.getMetadata().setUid(UUID.randomUUID().toString());
        object.getMetadata().setCreationTimestamp(NOW.plusSeconds(counter++).toString());
        switch (object) {
          case Pod pod -> pods.add(pod);
          case ReplicaSet set -> replicaSets.add(set);
          default -> throw new AssertionError(object.getKind());
        }
      }
      case Action.Delete(HasMetadata object, HasMetadata _) -> {
        String uid = object.getMetadata().getUid();
        pods.removeIf(pod -> pod.getMetadata().getUid().equals(uid));
        replicaSets.removeIf(set -> set.getMetadata().getUid().equals(uid));
      }
      case Action.Scale(ReplicaSet set, int replicas, HasMetadata _) ->
          set.getSpec().setReplicas(replicas);
      case Action.WriteStatus(HasMetadata object) -> write(object);
      case Action.Replace replace -> throw new AssertionError(replace.toString());
    }
  }

  private void write(HasMetadata written) {
    String uid = written.getMetadata().getUid();
    switch (written) {
      case Deployment deployment ->
          deployments.replaceAll(d -> d.getMetadata().getUid().equals(uid) ? deployment : d);
      case ReplicaSet set ->
          replicaSets.replaceAll(s -> s.getMetadata().getUid().equals(uid) ? set : s);
      case StatefulSet set ->
          statefulSets.replaceAll(s -> s.getMetadata().getUid().equals(uid) ? set : s);
      default -> throw new AssertionError(written.getKind());
    }
  }

  private static Deployment deployment(int replicas, String image) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("web")
        .withUid(UUID.randomUUID().toString())
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withNewSelector()
        .addToMatchLabels("app", "web")
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app", "web")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("web")
        .withImage(image)
        .addNewPort()
        .withName("http")
        .withContainerPort(8080)
        .endPort()
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static StatefulSet statefulSet(int replicas, String image) {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("redis")
        .withUid(UUID.randomUUID().toString())
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withServiceName("redis")
        .withNewTemplateLike(deployment(1, image).getSpec().getTemplate())
        .endTemplate()
        .endSpec()
        .build();
  }
}
