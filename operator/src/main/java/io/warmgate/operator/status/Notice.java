package io.warmgate.operator.status;

import io.warmgate.operator.translate.ObjectKey;

/**
 * An Event to be written: a condition of the object became another.
 *
 * @param reason the condition's
 * @param note the condition's message
 */
public record Notice(ObjectKey object, Severity severity, String reason, String note) {

  /** {@code Event.type}. */
  public enum Severity {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String wire;

    Severity(String wire) {
      this.wire = wire;
    }

    /** As it stands in an Event. */
    public String wire() {
      return wire;
    }
  }
}
