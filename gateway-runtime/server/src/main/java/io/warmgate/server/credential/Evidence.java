package io.warmgate.server.credential;

import org.jspecify.annotations.Nullable;

/**
 * What says something of a credential: what became of a question to the model, or of the check that
 * costs nothing.
 */
public sealed interface Evidence {
  /** A question was answered. */
  record Answered() implements Evidence {}

  /**
   * A question was refused since the provider does not know the credential (401).
   *
   * @param words the provider's, fit to be shown
   */
  record Denied(String words) implements Evidence {}

  /**
   * A question was refused since it is not allowed (403): the credential may lack a right, or
   * something before the provider may not like that one question.
   *
   * @param words the provider's, fit to be shown
   */
  record Forbidden(String words) implements Evidence {}

  /** The check was answered, as it is only for a credential that is good. */
  record Passed() implements Evidence {}

  /**
   * The check was refused for the credential.
   *
   * @param words the provider's, fit to be shown
   */
  record Failed(String words) implements Evidence {}

  /**
   * The check was answered, and that says nothing of the credential.
   *
   * @param why for people
   */
  record Untold(String why) implements Evidence {}

  /**
   * The check was not answered, or not now.
   *
   * @param why for people
   * @param retryAfterSeconds as the provider said; null: it did not
   */
  record Silent(String why, @Nullable Long retryAfterSeconds) implements Evidence {}
}
