package io.warmgate.operator.rollout;

import io.warmgate.operator.rollout.Step.Note;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The release before gets everything back.
 *
 * @param cause why
 * @param message why, for people
 */
public record RollingBack(Course course, Instant since, Cause cause, String message)
    implements Underway {

  /** Why a rollout is left. */
  public enum Cause {
    ABORTED("Aborted", Memory.KEPT),
    FAILED_CHECK("FailedCheck", Memory.KEPT),
    INCONCLUSIVE("Inconclusive", Memory.KEPT),
    NOT_WARM("NotWarm", Memory.KEPT),
    CHANGED("AnswersChanged", Memory.KEPT),
    DEADLINE("DeadlineExceeded", Memory.KEPT),
    GONE("ReleaseGone", Memory.KEPT),
    SUPERSEDED("Superseded", Memory.NONE),
    REVERTED("Reverted", Memory.NONE);

    private enum Memory {
      KEPT,
      NONE
    }

    private final String wire;
    private final Memory memory;

    Cause(String wire, Memory memory) {
      this.wire = wire;
      this.memory = memory;
    }

    /** As it stands in a status. */
    public String wire() {
      return wire;
    }

    /**
     * @throws IllegalArgumentException where it is none
     */
    static Cause of(String wire) {
      return Stream.of(values())
          .filter(cause -> cause.wire.equals(wire))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no cause: " + wire));
    }
  }

  static Step from(Underway state, Cause cause, String message, Observation seen) {
    String text = "Back to release %s: %s".formatted(state.course().blue(), message);
    RollingBack back = new RollingBack(state.course().resumed(), seen.now(), cause, message);
    return Step.to(
        back,
        cause.memory == Cause.Memory.KEPT
            ? Note.warning(cause.wire(), text)
            : Note.normal(cause.wire(), text));
  }

  @Override
  public RollingBack with(Course other, Instant began) {
    return new RollingBack(other, began, cause, message);
  }

  @Override
  public Sides sides() {
    return new Sides(course.blue(), course.green(), 0);
  }

  @Override
  public Step onwards(Observation seen) {
    if (!seen.acknowledged()) {
      return Step.stay(this);
    }
    Steady.Failed failed =
        cause.memory == Cause.Memory.KEPT
            ? new Steady.Failed(course.green(), cause.wire(), message)
            : null;
    return Step.to(
        new Steady(course.blue(), null, failed),
        Note.normal("RolledBack", "Release %s serves everything again".formatted(course.blue())));
  }
}
