package io.warmgate.server.access;

import java.util.Map;

/** What the user's service said of a request. */
sealed interface Verdict {

  /** When it was asked. */
  long atMillis();

  /**
   * It may go on.
   *
   * @param told what the backend is to be told, by lower-case field
   */
  record Allowed(Map<String, String> told, long atMillis) implements Verdict {
    @Override
    public String toString() {
      return "Allowed[" + told.keySet() + "]";
    }
  }

  /** It may not. */
  record Denied(long atMillis) implements Verdict {}
}
