package io.warmgate.local.cli;

import java.io.Serial;

/** A command has failed; the message is for the user and says it all. */
final class Failure extends Exception {
  @Serial private static final long serialVersionUID = 1;

  Failure(String message) {
    super(message);
  }
}
