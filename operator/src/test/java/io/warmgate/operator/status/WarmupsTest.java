package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.crd.v1alpha1.CacheWarmupStatus;
import io.warmgate.crd.v1alpha1.WarmupPhase;
import io.warmgate.operator.rollout.Warmth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WarmupsTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final WarmupScope READY = new WarmupScope(List.of(), 0, List.of(), null);

  private final CacheWarmup object =
      Serialization.unmarshal(
          """
          kind: CacheWarmup
          metadata: {name: w, namespace: shop, uid: w-uid, generation: 1, creationTimestamp: "2026-11-22T12:00:00Z"}
          spec: {gatewayRef: {name: edge}, deadline: 60s, ttlSecondsAfterFinished: 100}
          """,
          CacheWarmup.class);

  /** Does what the operator does: writes the status, then acts. */
  private WarmupStep next(@Nullable WarmupScope scope, @Nullable Warmth progress, int second) {
    WarmupStep step =
        Warmups.next(object, scope, Optional.ofNullable(progress), START.plusSeconds(second));
    object.setStatus(step.status().status());
    return step;
  }

  private static Warmth warmth(
      Warmth.Progress progress, int planned, int certified, int failed, int changed) {
    return new Warmth(
        progress, planned, certified, certified, failed, changed, 0, planned, 90, 3, "it is gone");
  }

  private CacheWarmupStatus status() {
    return object.getStatus();
  }

  private String condition(String type) {
    return status().conditions().stream()
        .filter(any -> any.getType().equals(type))
        .map(any -> any.getStatus() + " " + any.getReason() + ": " + any.getMessage())
        .findFirst()
        .orElse("none");
  }

  @Test
  void isPendingThenInProgressThenCompletedThenGone() {
    WarmupScope waiting = new WarmupScope(List.of(), 0, List.of(), "No pod of the gateway answers");
    WarmupStep first = next(waiting, null, 0);
    assertThat(first.action()).isNull();
    assertThat(first.again()).contains(START.plusSeconds(60));
    assertThat(status().phase()).isEqualTo(WarmupPhase.PENDING);
    assertThat(status().startedAt()).isNull();
    assertThat(condition("Completed")).isEqualTo("False Pending: No pod of the gateway answers");

    assertThat(next(READY, null, 1).action()).isEqualTo(new WarmupAction.Warm(READY));
    assertThat(status().phase()).isEqualTo(WarmupPhase.IN_PROGRESS);
    assertThat(status().startedAt()).isEqualTo("2026-11-22T12:00:01Z");

    WarmupStep underway = next(READY, warmth(Warmth.Progress.UNDERWAY, 10, 4, 1, 0), 5);
    assertThat(underway.action()).as("as long as it is named").isNotNull();
    assertThat(underway.status().settled()).as("how far it is may wait").isFalse();
    assertThat(status().certified()).isEqualTo(4);
    assertThat(status().secondsLeft()).isEqualTo(3);

    WarmupStep done = next(READY, warmth(Warmth.Progress.DONE, 10, 8, 1, 1), 9);
    assertThat(done.action()).isNull();
    assertThat(done.status().settled()).isTrue();
    assertThat(status().phase()).isEqualTo(WarmupPhase.COMPLETED);
    assertThat(status().failed()).as("with what cannot be kept").isEqualTo(2);
    assertThat(status().completedAt()).isEqualTo("2026-11-22T12:00:09Z");
    assertThat(status().secondsLeft()).isNull();
    assertThat(condition("Completed"))
        .isEqualTo(
            "True Completed: 8 of 10 requests are in every pod's cache; the last that went wrong:"
                + " it is gone");
    assertThat(done.notices()).extracting(Notice::reason).containsExactly("Completed");

    WarmupStep kept = next(null, null, 50);
    assertThat(kept.status().changed()).isFalse();
    assertThat(kept.again()).contains(START.plusSeconds(109));
    assertThat(next(null, null, 109).action()).isEqualTo(new WarmupAction.Delete());
  }

  @Test
  void whereNothingCouldBeHadItHasFailed() {
    WarmupScope scope = new WarmupScope(List.of(), 2, List.of("no route takes /x, /y"), null);
    next(scope, warmth(Warmth.Progress.DONE, 3, 0, 1, 2), 9);
    assertThat(status().phase()).isEqualTo(WarmupPhase.FAILED);
    assertThat(status().planned()).isEqualTo(5);
    assertThat(status().failed()).isEqualTo(5);
    assertThat(condition("Completed"))
        .startsWith("False Failed: 0 of 5 requests")
        .endsWith("; no route takes /x, /y");
  }

  @Test
  void whereThereIsNothingToAskForItSaysSo() {
    next(READY, warmth(Warmth.Progress.DONE, 0, 0, 0, 0), 2);
    assertThat(status().phase()).isEqualTo(WarmupPhase.COMPLETED);
    assertThat(condition("Completed")).contains("There was nothing to ask for");
  }

  @Test
  void theDeadlineEndsItInEveryState() {
    assertThat(next(READY, warmth(Warmth.Progress.UNDERWAY, 10, 4, 1, 0), 60).action()).isNull();
    assertThat(status().phase()).isEqualTo(WarmupPhase.TIMED_OUT);
    assertThat(condition("Completed"))
        .isEqualTo(
            "False TimedOut: After 60s it was not done: 4 of 10 requests are in every pod's cache."
                + " What is warm by now stays");
    object.setStatus(null);
    next(null, null, 61);
    assertThat(status().phase()).isEqualTo(WarmupPhase.TIMED_OUT);
    assertThat(condition("Accepted")).startsWith("False TargetNotFound: spec.gatewayRef");
    assertThat(condition("Completed")).contains("Its gateway does not exist");
    object.setStatus(null);
    next(READY, warmth(Warmth.Progress.DONE, 1, 1, 0, 0), 61);
    assertThat(status().phase()).as("it was done all the same").isEqualTo(WarmupPhase.COMPLETED);
  }

  /** The operator before knew how far it was; this one begins again, and finds warm what is. */
  @Test
  void oneThatIsInProgressBeginsAgainAfterARestart() {
    next(READY, null, 1);
    next(READY, warmth(Warmth.Progress.UNDERWAY, 10, 4, 1, 0), 5);
    assertThat(next(READY, null, 6).action()).isEqualTo(new WarmupAction.Warm(READY));
    assertThat(status().startedAt()).isEqualTo("2026-11-22T12:00:01Z");
  }
}
