package io.warmgate.ai.chat;

/** What kind of failure it is; what each dialect calls it is in its {@code …Errors}. */
public enum ErrorKind {
  INVALID_REQUEST,
  AUTHENTICATION,
  /** The account has no money left. */
  BILLING,
  PERMISSION,
  NOT_FOUND,
  TOO_LARGE,
  /** The question was refused by a content filter. */
  FILTERED,
  RATE_LIMITED,
  OVERLOADED,
  TIMEOUT,
  /** The provider's own. */
  SERVER,
  /** What came cannot be read, or broke off. */
  UNREADABLE;

  /** What a status means by itself (RFC 9110 §15); what a dialect means by one goes before. */
  public static ErrorKind ofStatus(int status) {
    return switch (status) {
      case 401 -> AUTHENTICATION;
      case 403 -> PERMISSION;
      case 404 -> NOT_FOUND;
      case 408, 504 -> TIMEOUT;
      case 413 -> TOO_LARGE;
      case 429 -> RATE_LIMITED;
      case 503 -> OVERLOADED;
      default -> status >= 400 && status < 500 ? INVALID_REQUEST : SERVER;
    };
  }

  /** The status that says it to a client, where his dialect has no other for it. */
  public int status() {
    return switch (this) {
      case INVALID_REQUEST, FILTERED -> 400;
      case AUTHENTICATION -> 401;
      case PERMISSION -> 403;
      case NOT_FOUND -> 404;
      case TOO_LARGE -> 413;
      case BILLING, RATE_LIMITED -> 429;
      case SERVER -> 500;
      case UNREADABLE -> 502;
      case OVERLOADED -> 503;
      case TIMEOUT -> 504;
    };
  }
}
