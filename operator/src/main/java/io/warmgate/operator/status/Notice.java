package io.warmgate.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.operator.translate.ObjectKey;

/**
 * An Event to be written: a condition of the object became another.
 *
 * @param about the object as it was read
 * @param reason the condition's
 * @param note the condition's message
 */
public record Notice(HasMetadata about, Severity severity, String reason, String note) {

  public ObjectKey object() {
    return ObjectKey.of(about);
  }

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
