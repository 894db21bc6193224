package io.warmgate.server.idempotency;

/** What a request finds by its key. */
sealed interface Found {

  /** Nothing: it is the first. */
  record First(Reservation reservation) implements Found {}

  /** The first is being answered. */
  record Running() implements Found {}

  /**
   * Who had the first is not heard of: it may have been done, or not.
   *
   * @param seconds until somebody may try again; at least 1
   */
  record Unknown(int seconds) implements Found {}

  /** Another request had the key. */
  record Another() implements Found {}

  /** How the first ended. */
  record Ended(Kept kept) implements Found {}

  /** Redis does not say. */
  record Unavailable() implements Found {}
}
