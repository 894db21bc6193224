package io.warmgate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.warmgate.config.Handover;
import io.warmgate.config.Revision;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiGatewayStatus;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.operator.fake.FakePod;
import io.warmgate.operator.snapshot.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * New pods of a gateway with an API server, whichever it is: pods are {@link FakePod}s that warm
 * what they are told. A subclass names the server.
 */
public abstract class PodsRolloutSuite extends SuiteCluster {
  private static final String MANUAL =
      "{analysis: {window: 1s}, keepPreviousFor: 3s, promotion: Manual}";

  private Optional<RolloutStatus> rollout() {
    return Optional.ofNullable(cluster.get(ApiGateway.class, "edge").getStatus())
        .map(ApiGatewayStatus::rollout);
  }

  private void awaitPhase(RolloutPhase phase) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> rollout().map(RolloutStatus::phase).orElse(null) == phase);
  }

  private void image(int replicas, String image, String rollout) {
    cluster.apply(
        Yaml.gateway("edge", replicas)
            + "  runtime: {image: \"%s\"}\n  rollout: %s\n".formatted(image, rollout));
  }

  private void serving(int replicas) {
    gateway(replicas);
    route("shop", "/shop");
    awaitProgrammed("shop");
    await().until(() -> pods().size() == replicas);
    await().until(() -> pods().stream().allMatch(pod -> routes(pod) == 1));
  }

  private static @Nullable Handover handover(FakePod pod) {
    Revision served = pod.revision();
    return served == null ? null : served.open().handover();
  }

  private String led() {
    return Objects.requireNonNull(
        cluster.get(Service.class, "edge").getSpec().getSelector().get(Labels.SIDE));
  }

  @Test
  void newPodsStandBesideThoseBeforeUntilTheyTakeOver() {
    serving(2);
    String blue = led();
    image(2, "warmgate/gateway:next", MANUAL);
    awaitPhase(RolloutPhase.AWAITING_PROMOTION);
    RolloutStatus waiting = rollout().orElseThrow();
    String green = Objects.requireNonNull(waiting.next());
    assertThat(waiting.release()).isEqualTo(blue);
    assertThat(deployments())
        .extracting(any -> any.getMetadata().getName())
        .containsExactlyInAnyOrder("edge-" + blue, "edge-" + green);
    assertThat(led()).as("nobody is sent to the new ones").isEqualTo(blue);
    assertThat(pods()).hasSize(4);
    for (FakePod pod : pods()) {
      assertThat(handover(pod)).isEqualTo(handing(blue, green));
      await().until(() -> pod.endpoints().sides().size() == 2);
      assertThat(pod.endpoints().sides().get(green)).hasSize(2);
    }
    cluster.annotate(ApiGateway.class, "edge", "warmgate.io/rollout", "promote");
    awaitPhase(RolloutPhase.STEADY);
    RolloutStatus end = rollout().orElseThrow();
    assertThat(end.release()).isEqualTo(green);
    assertThat(Objects.requireNonNull(end.previous()).release()).isEqualTo(blue);
    assertThat(led()).isEqualTo(green);
    assertThat(pods()).hasSize(4).allMatch(pod -> handing(green, blue).equals(handover(pod)));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(pods()).hasSize(2).allMatch(pod -> handover(pod) == null);
              assertThat(deployment().getMetadata().getName()).isEqualTo("edge-" + green);
            });
    assertThat(led()).isEqualTo(green);
  }

  private static Handover handing(String first, String other) {
    return new Handover(first, other, 0, null, List.of());
  }

  @Test
  void abortedPodsGoAndAreNotTriedAgain() {
    serving(1);
    String blue = led();
    image(1, "warmgate/gateway:next", MANUAL);
    awaitPhase(RolloutPhase.AWAITING_PROMOTION);
    String green = Objects.requireNonNull(rollout().orElseThrow().next());
    cluster.restartOperator();
    awaitPhase(RolloutPhase.AWAITING_PROMOTION);
    cluster.annotate(ApiGateway.class, "edge", "warmgate.io/rollout", "abort");
    awaitPhase(RolloutPhase.STEADY);
    cluster.restartOperator();
    await().atMost(Duration.ofSeconds(20)).until(() -> deployments().size() == 1);
    cluster.awaitQuiet(KINDS);
    RolloutStatus end = rollout().orElseThrow();
    assertThat(end.release()).isEqualTo(blue).isEqualTo(led());
    assertThat(Objects.requireNonNull(end.failed()).release()).isEqualTo(green);
    assertThat(deployment().getMetadata().getName()).isEqualTo("edge-" + blue);
    assertThat(pods()).hasSize(1).allMatch(pod -> handover(pod) == null);
  }

  /** The last one wins, and those between leave nothing. */
  @Test
  void aTemplateThatIsReplacedWhileItComesInLeavesNothing() {
    serving(1);
    String blue = led();
    for (String image : new String[] {"a", "b", "c"}) {
      image(1, "warmgate/gateway:" + image, MANUAL);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> deployments().size() == 2 && imageOfNewest().endsWith(":" + image));
    }
    awaitPhase(RolloutPhase.AWAITING_PROMOTION);
    assertThat(led()).isEqualTo(blue);
    cluster.annotate(ApiGateway.class, "edge", "warmgate.io/rollout", "promote");
    awaitPhase(RolloutPhase.STEADY);
    await().atMost(Duration.ofSeconds(20)).until(() -> deployments().size() == 1);
    assertThat(imageOfNewest()).endsWith(":c");
    // Back within the time that blue was kept would be a switch; it is over, and a rollout again.
    assertThat(rollout().orElseThrow().previous()).isNull();
  }

  private String imageOfNewest() {
    String wanted = rollout().map(RolloutStatus::next).orElse(null);
    String side = wanted == null ? rollout().orElseThrow().release() : wanted;
    return deployments().stream()
        .filter(any -> any.getMetadata().getName().equals("edge-" + side))
        .map(any -> any.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
        .findFirst()
        .orElse("none");
  }
}
