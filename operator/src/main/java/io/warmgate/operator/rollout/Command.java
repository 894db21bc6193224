package io.warmgate.operator.rollout;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person may tell a rollout, by the annotation {@value #ANNOTATION}. */
public enum Command {
  /** Go on now: past a wait for a person, a pause, or what is left of warming and steps. */
  PROMOTE,
  /** Go back. */
  ABORT,
  /** Stay as it is. Going back remains possible. */
  PAUSE,
  /** Go on after a pause. */
  RESUME,
  /** Try a release again that failed before. */
  RETRY;

  /** On the object that is rolled out; taken off when it was acted on. */
  public static final String ANNOTATION = "warmgate.io/rollout";

  /** As the annotation has it. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty where it is none of them. */
  public static Optional<Command> of(String text) {
    return Stream.of(values()).filter(command -> command.wire().equals(text.strip())).findFirst();
  }
}
