package io.warmgate.server.idempotency;

import io.vertx.core.buffer.Buffer;
import io.warmgate.server.exchange.Problem;
import java.util.List;

/** How a first request ended, for those that come after it with its key. */
sealed interface Kept {

  /**
   * The backend's answer.
   *
   * @param fields end-to-end, in their order, without {@code Content-Length}
   */
  record Answer(int status, List<Field> fields, Buffer body) implements Kept {}

  /** One line of an answer's head. */
  record Field(String name, String value) {}

  /** The gateway's own answer: the backend may have acted, and gave none that is whole. */
  record Failed(Problem problem) implements Kept {}

  /** It was answered, by more than is kept. */
  record TooLarge() implements Kept {}
}
