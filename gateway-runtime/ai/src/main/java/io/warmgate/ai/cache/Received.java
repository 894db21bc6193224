package io.warmgate.ai.cache;

import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.stream.Folded;

/** What came from a provider. */
public sealed interface Received {

  /**
   * @param status of HTTP
   */
  record Whole(int status, Outcome outcome) implements Received {}

  /**
   * @param status of HTTP
   */
  record Streamed(int status, Folded folded) implements Received {}
}
