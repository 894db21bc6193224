package io.warmgate.ai;

import io.warmgate.ai.chat.ModelError;

/** Understands what providers of one format say where they do not answer. Immutable. */
@FunctionalInterface
public interface ErrorReader {
  /**
   * What a body of a status other than 200 says; never throws.
   *
   * @param status of HTTP
   */
  ModelError readError(int status, byte[] body);
}
