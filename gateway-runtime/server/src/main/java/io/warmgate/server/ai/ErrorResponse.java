package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.server.exchange.DelegatingResponse;
import io.warmgate.server.exchange.OriginResponse;
import org.jspecify.annotations.Nullable;

/**
 * A provider's error, in the words of the client that is told it.
 *
 * @param error as the provider meant it
 */
record ErrorResponse(OriginResponse answer, ModelError error) implements DelegatingResponse {

  /**
   * @param headers its own; its length is set here
   */
  static ErrorResponse of(int status, MultiMap headers, Buffer body, ModelError error) {
    return new ErrorResponse(new MadeResponse(status, headers, body), error);
  }

  /** The same, told of another error. */
  ErrorResponse meaning(ModelError other) {
    return new ErrorResponse(answer, other);
  }

  /** RFC 9110 §10.2.3, where it is a number of seconds; null: it does not say. */
  @Nullable Long retryAfterSeconds() {
    String said = answer.headers().get("retry-after");
    return said != null && said.matches("[0-9]{1,9}") ? Long.valueOf(said) : null;
  }
}
