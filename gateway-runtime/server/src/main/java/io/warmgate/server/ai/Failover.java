package io.warmgate.server.ai;

import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.config.Model;

/** Where another model is asked in the place of one that failed. */
final class Failover {
  private Failover() {}

  /**
   * Whether another may do better: not where the question itself is refused. A filter's verdict is
   * one on the question, too: who is refused by one provider is not passed on to the next.
   */
  static boolean goesOn(ErrorKind kind) {
    return switch (kind) {
      case INVALID_REQUEST, TOO_LARGE, FILTERED -> false;
      case AUTHENTICATION,
          BILLING,
          PERMISSION,
          NOT_FOUND,
          RATE_LIMITED,
          OVERLOADED,
          TIMEOUT,
          SERVER,
          UNREADABLE ->
          true;
    };
  }

  /** Whether another key of the same model's may do better. */
  static boolean isOfKey(ErrorKind kind) {
    return switch (kind) {
      case AUTHENTICATION, BILLING, PERMISSION, RATE_LIMITED -> true;
      case INVALID_REQUEST,
          TOO_LARGE,
          FILTERED,
          NOT_FOUND,
          OVERLOADED,
          TIMEOUT,
          SERVER,
          UNREADABLE ->
          false;
    };
  }

  /**
   * Whether it may be the name's fault that a client chose: nothing is to be concluded of it for
   * who asks by another one.
   */
  static boolean isOfName(Model model, ErrorKind kind) {
    return model.asksAny() && (kind == ErrorKind.NOT_FOUND || kind == ErrorKind.PERMISSION);
  }

  /** Whether the same model may do better a moment later: it did nothing. */
  static boolean isBusy(ErrorKind kind) {
    return kind == ErrorKind.RATE_LIMITED || kind == ErrorKind.OVERLOADED;
  }
}
