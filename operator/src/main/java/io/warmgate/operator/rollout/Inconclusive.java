package io.warmgate.operator.rollout;

import io.warmgate.operator.rollout.Step.Note;

/** A judgement that a person has to make. */
final class Inconclusive {
  private Inconclusive() {}

  static Step pause(Underway state, String why, Observation seen) {
    return Step.to(
        state.with(state.course().pausedSince(seen.now()), state.since()),
        Note.warning(
            "Inconclusive",
            "%s. It waits for %s=promote or abort".formatted(why, Command.ANNOTATION)));
  }
}
