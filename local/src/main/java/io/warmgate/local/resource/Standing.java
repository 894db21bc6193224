package io.warmgate.local.resource;

/** Where a resource stands. */
public sealed interface Standing {

  /** It is what it should be. */
  record Ready() implements Standing {}

  /**
   * It is on its way.
   *
   * @param missing what is not there yet, for a line of progress
   */
  record Waiting(String missing) implements Standing {}

  /** It is not accepted; the condition's reason and message say why. */
  record Rejected(String condition, String reason, String message) implements Standing {}
}
