package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicyStatus;
import io.warmgate.crd.v1alpha1.ScheduledRun;
import io.warmgate.crd.v1alpha1.ScheduledRunPhase;
import io.warmgate.operator.rollout.Warmth;
import io.warmgate.operator.source.CronSchedule;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchedulesTest {
  private static final CronSchedule HOURLY = CronSchedule.parse("0 * * * *", null);

  private final CachePolicy policy =
      Serialization.unmarshal(
          """
          kind: CachePolicy
          metadata: {name: p, namespace: shop, uid: p-uid, creationTimestamp: "2026-01-01T00:00:00Z"}
          spec: {targetRefs: [{kind: ApiRoute, name: a}]}
          """,
          CachePolicy.class);

  /** Does what the operator does: the status is what it goes by next. */
  private Schedules.Step next(CronSchedule schedule, String time, @Nullable Warmth progress) {
    Schedules.Step step =
        Schedules.next(policy, schedule, _ -> Optional.ofNullable(progress), Instant.parse(time));
    policy.setStatus(new CachePolicyStatus(1L, null, step.warmups(), List.of()));
    return step;
  }

  private ScheduledRun last() {
    return Objects.requireNonNull(Objects.requireNonNull(policy.getStatus().warmup()).lastRun());
  }

  private static Warmth warmth(Warmth.Progress progress, int certified, int failed) {
    return new Warmth(progress, 10, certified, certified, failed, 0, 0, 10, 90, null, "503");
  }

  @Test
  void aTimeComesAndIsRunOnce() {
    Schedules.Step first = next(HOURLY, "2026-11-26T05:30:00Z", null);
    assertThat(first.run()).as("05:00 was over before anybody knew of it").isNull();
    assertThat(first.warmups().nextRunAt()).isEqualTo("2026-11-26T06:00:00Z");
    assertThat(first.again()).contains(Instant.parse("2026-11-26T06:00:00Z"));

    Schedules.Step due = next(HOURLY, "2026-11-26T06:00:00.200Z", null);
    assertThat(due.run()).isEqualTo("p-uid@2026-11-26T06:00:00Z");
    assertThat(due.warmups().nextRunAt()).isEqualTo("2026-11-26T07:00:00Z");
    assertThat(last().phase()).isEqualTo(ScheduledRunPhase.IN_PROGRESS);

    Schedules.Step underway =
        next(HOURLY, "2026-11-26T06:00:05Z", warmth(Warmth.Progress.UNDERWAY, 4, 0));
    assertThat(underway.run()).isEqualTo("p-uid@2026-11-26T06:00:00Z");
    assertThat(last().certified()).isEqualTo(4);

    assertThat(next(HOURLY, "2026-11-26T06:00:09Z", warmth(Warmth.Progress.DONE, 9, 1)).run())
        .isNull();
    assertThat(last())
        .isEqualTo(
            new ScheduledRun(
                "2026-11-26T06:00:00Z",
                "2026-11-26T06:00:00Z",
                "2026-11-26T06:00:09Z",
                ScheduledRunPhase.COMPLETED,
                10,
                9,
                9,
                1,
                10L,
                90,
                "503"));
    assertThat(next(HOURLY, "2026-11-26T06:30:00Z", null).run()).isNull();
    assertThat(last().phase()).isEqualTo(ScheduledRunPhase.COMPLETED);
  }

  @Test
  void whatFailsAndWhatTakesTooLongIsSaid() {
    next(HOURLY, "2026-11-26T05:30:00Z", null);
    next(HOURLY, "2026-11-26T06:00:00Z", null);
    next(HOURLY, "2026-11-26T06:00:09Z", warmth(Warmth.Progress.DONE, 0, 10));
    assertThat(last().phase()).isEqualTo(ScheduledRunPhase.FAILED);
    CronSchedule daily = CronSchedule.parse("0 6 * * *", null);
    policy.setStatus(null);
    next(daily, "2026-11-26T05:30:00Z", null);
    next(daily, "2026-11-26T06:00:00Z", null);
    Schedules.Step late =
        next(daily, "2026-11-26T07:00:00Z", warmth(Warmth.Progress.UNDERWAY, 4, 0));
    assertThat(late.run()).as("it ends").isNull();
    assertThat(last().phase()).isEqualTo(ScheduledRunPhase.TIMED_OUT);
  }

  @Test
  void theNextTimeEndsTheOneBefore() {
    CronSchedule often = CronSchedule.parse("*/5 * * * *", null);
    next(often, "2026-11-26T05:58:00Z", null);
    assertThat(next(often, "2026-11-26T06:00:00Z", null).run()).isNotNull();
    assertThat(next(often, "2026-11-26T06:05:00Z", warmth(Warmth.Progress.UNDERWAY, 4, 0)).run())
        .isEqualTo("p-uid@2026-11-26T06:05:00Z");
  }

  /** Another operator finds in the status what is due, and what goes on. */
  @Test
  void anOperatorThatWasAwayRunsWhatIsNotLongOver() {
    next(HOURLY, "2026-11-26T05:30:00Z", null);
    assertThat(next(HOURLY, "2026-11-26T06:40:00Z", null).run())
        .isEqualTo("p-uid@2026-11-26T06:00:00Z");
    assertThat(next(HOURLY, "2026-11-26T06:41:00Z", null).run())
        .as("nobody knows of it any more: it begins again")
        .isEqualTo("p-uid@2026-11-26T06:00:00Z");
    policy.setStatus(null);
    next(HOURLY, "2026-11-26T05:30:00Z", null);
    Schedules.Step missed = next(HOURLY, "2026-11-26T09:10:00Z", null);
    assertThat(missed.run()).isNull();
    assertThat(last().phase()).isEqualTo(ScheduledRunPhase.MISSED);
    assertThat(missed.warmups().nextRunAt()).isEqualTo("2026-11-26T10:00:00Z");
  }

  @Test
  void aScheduleThatWasChangedIsNotRunForATimeOfTheOneBefore() {
    next(HOURLY, "2026-11-26T05:30:00Z", null);
    CronSchedule other = CronSchedule.parse("30 * * * *", null);
    Schedules.Step step = next(other, "2026-11-26T06:00:00Z", null);
    assertThat(step.run()).isNull();
    assertThat(step.warmups().nextRunAt()).isEqualTo("2026-11-26T06:30:00Z");
  }
}
