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
  UNREADABLE
}
