package io.warmgate.ai.chat;

import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer.
 *
 * @param message for people
 * @param code for programs, in the provider's words; null: none
 * @param field of the request that is wrong; null: not told
 */
public record ModelError(
    ErrorKind kind, String message, @Nullable String code, @Nullable String field) {

  public static ModelError of(ErrorKind kind, String message) {
    return new ModelError(kind, message, null, null);
  }
}
