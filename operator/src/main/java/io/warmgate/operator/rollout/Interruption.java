package io.warmgate.operator.rollout;

import io.warmgate.operator.rollout.Step.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What may happen to a rollout in any of its states, in the order in which it counts: the user
 * wants something else, a person gives an order, the new release is gone.
 */
final class Interruption {
  private Interruption() {}

  static Optional<Step> of(Underway state, Observation seen) {
    return switch (state) {
      case RollingBack _, Draining _ -> Optional.empty();
      case Provisioning _, Warming _, Verifying _, AwaitingPromotion _, Shifting _, Observing _ ->
          spec(state, seen)
              .or(() -> order(state, seen))
              .or(() -> gone(state, seen))
              .or(() -> paused(state));
    };
  }

  private static Optional<Step> spec(Underway state, Observation seen) {
    Course course = state.course();
    Observation.Wanted wanted = seen.wanted();
    if (wanted.likeGreen()) {
      return wanted.release().equals(course.green())
          ? Optional.empty()
          : Optional.of(Step.stay(state.with(course.to(wanted.release()), state.since())));
    }
    if (wanted.likeBlue()) {
      return back(state, RollingBack.Cause.REVERTED, "it is what is wanted again", seen);
    }
    if (state instanceof Observing) {
      return Optional.empty(); // it is in, all but for the name: the next begins from there
    }
    String next = "release %s is wanted instead".formatted(wanted.release());
    if (state.sides().percent() > 0) {
      return back(state, RollingBack.Cause.SUPERSEDED, next, seen);
    }
    Course other = Course.begun(course.blue(), wanted.release(), seen.now());
    return Optional.of(
        Step.to(
            new Provisioning(other, seen.now()),
            Note.normal("Superseded", "Release %s is left: %s".formatted(course.green(), next))));
  }

  private static Optional<Step> order(Underway state, Observation seen) {
    return seen.command() == null
        ? Optional.empty()
        : switch (seen.command()) {
          case ABORT -> back(state, RollingBack.Cause.ABORTED, "somebody aborted it", seen);
          case PAUSE -> state.course().paused() ? Optional.empty() : pause(state, seen);
          case RESUME ->
              state.course().paused() ? Optional.of(resume(state, seen)) : Optional.empty();
          case PROMOTE -> promote(state, seen);
          case RETRY -> Optional.empty();
        };
  }

  private static Optional<Step> back(
      Underway state, RollingBack.Cause cause, String message, Observation seen) {
    return Optional.of(RollingBack.from(state, cause, message, seen));
  }

  private static Optional<Step> pause(Underway state, Observation seen) {
    return Optional.of(
        Step.to(
            state.with(state.course().pausedSince(seen.now()), state.since()),
            Note.normal("Paused", "It stays as it is until " + Command.ANNOTATION + "=resume")));
  }

  private static Step resume(Underway state, Observation seen) {
    return Step.to(running(state, seen), Note.normal("Resumed", "It goes on"));
  }

  /**
   * The pause has taken no time. A state that a new operator began anew meanwhile was never without
   * it.
   */
  private static Underway running(Underway state, Observation seen) {
    Instant paused = state.course().pausedAt();
    Duration time =
        paused == null ? Duration.ZERO : Duration.between(later(paused, state.since()), seen.now());
    Underway on = state.with(state.course().resumed(), state.since().plus(time));
    return on instanceof Shifting shifting ? shifting.later(time) : on;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Optional<Step> promote(Underway state, Observation seen) {
    Course course = state.course().resumed().promotedNow();
    return switch (state) {
      case Observing _ -> Optional.empty();
      case Provisioning _ ->
          Optional.of(
              Step.to(
                  state.with(course, state.since()),
                  Note.normal("Promoted", "Somebody promoted it: it waits for nobody else")));
      case Warming _, Verifying _ when seen.queued() != null ->
          Optional.of(
              Step.to(
                  new Verifying(course, seen.now()),
                  Note.normal("Promoted", "Somebody promoted it; it waits for " + seen.queued())));
      case Warming _, Verifying _ ->
          Optional.of(
              shift(
                  course,
                  0,
                  0,
                  "Somebody promoted it; its cache can answer " + seen.warmth().text(),
                  seen));
      case AwaitingPromotion _ ->
          Optional.of(
              Step.to(
                  new Warming(course, seen.now()),
                  Note.normal("Promoted", "Somebody promoted it; its cache is certified again")));
      case Shifting shifting ->
          Optional.of(
              shift(
                  course,
                  seen.settings().steps().size(),
                  shifting.taken() == null ? shifting.before() : shifting.percent(),
                  "Somebody promoted it",
                  seen));
      case Draining _, RollingBack _ -> Optional.empty();
    };
  }

  private static Step shift(Course course, int step, int before, String why, Observation seen) {
    Shifting next = Shifting.begun(course, step, before, seen);
    return Step.to(next, Note.normal("Shifting", "%s; %d %%".formatted(why, next.percent())));
  }

  private static Optional<Step> gone(Underway state, Observation seen) {
    String why = seen.wanted().unusable();
    boolean begun = !(state instanceof Provisioning);
    return why != null && begun && seen.wanted().likeGreen()
        ? back(state, RollingBack.Cause.GONE, why, seen)
        : Optional.empty();
  }

  private static Optional<Step> paused(Underway state) {
    return state.course().paused() ? Optional.of(Step.stay(state)) : Optional.empty();
  }
}
