package io.warmgate.local.kubelet;

import java.io.Serial;

/** A container cannot start now; the reason and message are what its waiting state says. */
final class NotYet extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String reason;

  NotYet(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  /** The message, never null. */
  String text() {
    return String.valueOf(getMessage());
  }
}
