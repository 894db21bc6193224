package io.warmgate.ai;

import io.warmgate.ai.chat.ModelError;

/** Tells clients of one format what went wrong. Immutable. */
@FunctionalInterface
public interface ErrorWriter {
  /** Of what {@link #writeError} writes. */
  default String errorType() {
    return "application/json";
  }

  /** In place of an answer. */
  Front.ErrorBody writeError(ModelError error);
}
