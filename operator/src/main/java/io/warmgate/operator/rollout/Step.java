package io.warmgate.operator.rollout;

import java.util.List;

/**
 * What followed from an observation.
 *
 * @param state the one from now on; equal to the one before where nothing followed
 * @param notes what a person should be told, in order; empty where nothing followed
 */
public record Step(RolloutState state, List<Note> notes) {
  public Step {
    notes = List.copyOf(notes);
  }

  static Step stay(RolloutState state) {
    return new Step(state, List.of());
  }

  static Step to(RolloutState state, Note note) {
    return new Step(state, List.of(note));
  }

  /**
   * News of a rollout: an Event.
   *
   * @param reason one word
   */
  public record Note(Severity severity, String reason, String message) {
    static Note normal(String reason, String message) {
      return new Note(Severity.NORMAL, reason, message);
    }

    static Note warning(String reason, String message) {
      return new Note(Severity.WARNING, reason, message);
    }
  }

  /** Whether somebody should worry. */
  public enum Severity {
    NORMAL,
    WARNING
  }
}
