package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicyStatus;
import io.warmgate.crd.v1alpha1.ScheduledRun;
import io.warmgate.crd.v1alpha1.ScheduledRunPhase;
import io.warmgate.crd.v1alpha1.ScheduledWarmups;
import io.warmgate.operator.rollout.Warmth;
import io.warmgate.operator.source.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When a policy's routes are warmed by its schedule, and how that went. A time is due when it is
 * the one that the status names as the next: whoever writes a schedule does not find it run for a
 * time that was over by then.
 */
public final class Schedules {
  /** A run that is longer under way is ended; a time that is longer over is missed. */
  static final Duration PATIENCE = Duration.ofHours(1);

  private static final int MAX_MESSAGE = 1_024;

  private final CachePolicy policy;
  private final CronSchedule schedule;
  private final ScheduledWarmups before;
  private final Instant now;

  /**
   * What comes next.
   *
   * @param warmups as they stand in the status
   * @param run name of the run that pods are to be kept at; null: none
   * @param again when to look again though nothing happened
   */
  public record Step(ScheduledWarmups warmups, @Nullable String run, Optional<Instant> again) {}

  private Schedules(CachePolicy policy, CronSchedule schedule, Instant now) {
    CachePolicyStatus status = policy.getStatus();
    ScheduledWarmups written = status == null ? null : status.warmup();
    this.policy = policy;
    this.schedule = schedule;
    this.before = Objects.requireNonNullElseGet(written, () -> new ScheduledWarmups(null, null));
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * @param progress of a run, by its name; empty where nobody has begun it
   */
  public static Step next(
      CachePolicy policy,
      CronSchedule schedule,
      Function<String, Optional<Warmth>> progress,
      Instant now) {
    return new Schedules(policy, schedule, now).next(progress);
  }

  private Step next(Function<String, Optional<Warmth>> progress) {
    ScheduledRun last = before.lastRun();
    @Nullable Instant due = due();
    if (due != null) {
      last =
          due.plus(PATIENCE).isBefore(now)
              ? missed(due)
              : run(due, now, ScheduledRunPhase.IN_PROGRESS, null, null);
    }
    String name = null;
    if (last != null && last.phase() == ScheduledRunPhase.IN_PROGRESS) {
      Instant at = Instant.parse(last.scheduledAt());
      name = name(at);
      last =
          look(at, Instant.parse(Objects.requireNonNull(last.startedAt())), progress.apply(name));
      name = last.phase() == ScheduledRunPhase.IN_PROGRESS ? name : null;
    }
    Instant next = upcoming().orElse(null);
    return new Step(
        new ScheduledWarmups(next == null ? null : next.toString(), last),
        name,
        Optional.ofNullable(next));
  }

  /** The time that the status names, if it has come and the schedule still has it. */
  private @Nullable Instant due() {
    Instant named = before.nextRunAt() == null ? null : Instant.parse(before.nextRunAt());
    return named != null && !now.isBefore(named) && schedule.has(named) ? named : null;
  }

  private Optional<Instant> upcoming() {
    return schedule.after(now);
  }

  /** Unlike that of any other time, and of any other policy. */
  private String name(Instant at) {
    return policy.getMetadata().getUid() + "@" + at;
  }

  private ScheduledRun missed(Instant at) {
    return new ScheduledRun(
        at.toString(),
        null,
        null,
        ScheduledRunPhase.MISSED,
        null,
        null,
        null,
        null,
        null,
        null,
        "Nobody was there to begin it within " + PATIENCE.toHours() + "h");
  }

  private ScheduledRun look(Instant at, Instant started, Optional<Warmth> progress) {
    Warmth warmth = progress.orElse(null);
    if (warmth != null && warmth.progress() == Warmth.Progress.DONE) {
      boolean lost = warmth.certified() == 0 && warmth.failed() + warmth.changed() > 0;
      return run(
          at, started, lost ? ScheduledRunPhase.FAILED : ScheduledRunPhase.COMPLETED, warmth, now);
    }
    return now.isBefore(started.plus(PATIENCE))
        ? run(at, started, ScheduledRunPhase.IN_PROGRESS, warmth, null)
        : run(at, started, ScheduledRunPhase.TIMED_OUT, warmth, now);
  }

  private static ScheduledRun run(
      Instant at,
      Instant started,
      ScheduledRunPhase phase,
      @Nullable Warmth warmth,
      @Nullable Instant completed) {
    return new ScheduledRun(
        at.toString(),
        started.toString(),
        completed == null ? null : completed.toString(),
        phase,
        warmth == null ? null : warmth.planned(),
        warmth == null ? null : warmth.filled(),
        warmth == null ? null : warmth.certified(),
        warmth == null ? null : warmth.failed() + warmth.changed(),
        warmth == null ? null : warmth.originRequests(),
        warmth == null ? null : warmth.coveragePercent(),
        warmth == null || warmth.problem() == null ? null : cut(warmth.problem()));
  }

  private static String cut(String text) {
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE - 1) + "…";
  }
}
