package io.warmgate.operator.rollout;

import io.warmgate.config.Money;
import io.warmgate.crd.v1alpha1.FailedRelease;
import io.warmgate.crd.v1alpha1.PreviousRelease;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.crd.v1alpha1.WarmupCost;
import io.warmgate.crd.v1alpha1.WarmupStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link RolloutState} as it stands in a status, and back. */
public final class RolloutRecord {
  private static final int MAX_MESSAGE = 1_024;

  private RolloutRecord() {}

  /**
   * @param warmth of the other side
   */
  public static RolloutStatus write(RolloutState state, Warmth warmth) {
    return switch (state) {
      case Steady steady -> steady(steady, warmth);
      case Underway underway -> underway(underway, warmth);
    };
  }

  private static RolloutStatus steady(Steady steady, Warmth warmth) {
    Steady.Previous previous = steady.previous();
    Steady.Failed failed = steady.failed();
    return new RolloutStatus(
        RolloutPhase.STEADY,
        steady.release(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        previous == null ? null : warmup(warmth),
        previous == null ? null : new PreviousRelease(previous.release(), text(previous.until())),
        failed == null
            ? null
            : new FailedRelease(failed.release(), failed.reason(), cut(failed.message())),
        null);
  }

  private static RolloutStatus underway(Underway state, Warmth warmth) {
    Course course = state.course();
    Shifting shifting = state instanceof Shifting any ? any : null;
    RollingBack back = state instanceof RollingBack any ? any : null;
    return new RolloutStatus(
        phase(state),
        course.blue(),
        course.green(),
        percent(state),
        shifting != null && shifting.taken() == null ? shifting.percent() : null,
        shifting == null ? null : shifting.step(),
        text(course.started()),
        text(state.since()),
        course.pausedAt() == null ? null : text(course.pausedAt()),
        course.promoted() ? true : null,
        back == null ? null : cut(back.message()),
        back == null ? null : back.cause().wire(),
        warmup(warmth),
        null,
        null,
        null);
  }

  /** What every pod gives it: it is said when they do. */
  private static @Nullable Integer percent(Underway state) {
    return switch (state) {
      case Draining _ -> 100;
      case RollingBack _ -> null;
      case Shifting shifting when shifting.taken() == null -> shifting.before();
      case Shifting _, Provisioning _, Warming _, Verifying _, AwaitingPromotion _, Observing _ ->
          state.sides().percent();
    };
  }

  private static RolloutPhase phase(Underway state) {
    return switch (state) {
      case Provisioning _ -> RolloutPhase.PROVISIONING;
      case Warming _ -> RolloutPhase.WARMING;
      case Verifying _ -> RolloutPhase.VERIFYING;
      case AwaitingPromotion _ -> RolloutPhase.AWAITING_PROMOTION;
      case Shifting _ -> RolloutPhase.SHIFTING;
      case Observing _ -> RolloutPhase.OBSERVING;
      case Draining _ -> RolloutPhase.DRAINING;
      case RollingBack _ -> RolloutPhase.ROLLING_BACK;
    };
  }

  private static @Nullable WarmupStatus warmup(Warmth warmth) {
    return warmth.equals(Warmth.UNKNOWN)
        ? null
        : new WarmupStatus(
            warmth.planned(),
            warmth.filled(),
            warmth.certified(),
            warmth.failed(),
            warmth.changed(),
            warmth.notWarmablePercent(),
            warmth.originRequests(),
            warmth.coveragePercent(),
            warmth.secondsLeft(),
            warmth.spent().ifAny(Warmth.Spent::inferences),
            warmth.spent().ifAny(Warmth.Spent::tokens),
            warmth.spent().nanos().entrySet().stream()
                .map(each -> new WarmupCost(each.getKey(), Money.text(each.getValue())))
                .toList());
  }

  /**
   * As an operator that has just started goes on from it. What was measured is lost with the
   * operator before: states that judge by it begin again, and one that had judged the release by
   * its warming warms it again, which finds it warm.
   *
   * @return empty where it is not what an operator has written: then a rollout begins anew
   */
  public static Optional<RolloutState> read(RolloutStatus status, Instant now) {
    try {
      return Optional.of(state(status, now));
    } catch (NullPointerException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static RolloutState state(RolloutStatus status, Instant now) {
    if (status.phase() == RolloutPhase.STEADY) {
      PreviousRelease previous = status.previous();
      FailedRelease failed = status.failed();
      return new Steady(
          status.release(),
          previous == null
              ? null
              : new Steady.Previous(previous.release(), Instant.parse(previous.until())),
          failed == null
              ? null
              : new Steady.Failed(failed.release(), failed.reason(), failed.message()));
    }
    Course course =
        new Course(
            status.release(),
            Objects.requireNonNull(status.next()),
            time(status.startedAt()),
            Boolean.TRUE.equals(status.promoted()),
            status.pausedAt() == null ? null : Instant.parse(status.pausedAt()));
    Instant since = time(status.since());
    return switch (status.phase()) {
      case STEADY, PROVISIONING -> new Provisioning(course, since);
      case WARMING -> new Warming(course, since);
      case VERIFYING -> new Warming(course, now);
      case AWAITING_PROMOTION -> new AwaitingPromotion(course, since);
      case SHIFTING ->
          new Shifting(
              course,
              now,
              Objects.requireNonNull(status.step()),
              Objects.requireNonNull(status.percent()),
              Objects.requireNonNullElse(status.shiftingTo(), status.percent()),
              null);
      case OBSERVING -> new Observing(course, now);
      case DRAINING -> new Draining(course, since);
      case ROLLING_BACK ->
          new RollingBack(
              course,
              since,
              RollingBack.Cause.of(Objects.requireNonNull(status.cause())),
              Objects.requireNonNull(status.message()));
    };
  }

  private static Instant time(@Nullable String text) {
    return Instant.parse(Objects.requireNonNull(text));
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String cut(String text) {
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE - 1) + "…";
  }
}
