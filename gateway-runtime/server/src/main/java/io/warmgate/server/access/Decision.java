package io.warmgate.server.access;

import io.warmgate.server.exchange.Caller;

/** What comes of a request's credentials. */
sealed interface Decision {

  /** It goes on. */
  record Admitted(Caller caller) implements Decision {}

  /** 401: nobody knows who asks (RFC 9110 §15.5.2). */
  record Unauthenticated(Refusal why) implements Decision {}

  /** 403: it is known who asks, and may not (RFC 9110 §15.5.4). */
  record Forbidden(Refusal why) implements Decision {}

  /** 503: who could verify it does not answer, or has too much to do. */
  record Unavailable(Refusal why) implements Decision {}

  /** The refusal, as its status says. */
  static Decision of(Refusal why) {
    return switch (why.problem().status()) {
      case 401 -> new Unauthenticated(why);
      case 403 -> new Forbidden(why);
      default -> new Unavailable(why);
    };
  }
}
