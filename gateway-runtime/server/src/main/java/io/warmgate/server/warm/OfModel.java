package io.warmgate.server.warm;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.warmgate.config.Consumer;
import io.warmgate.config.admin.WarmRequest.Question;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.Caller;
import io.warmgate.server.exchange.Rehearsal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A question to a model that the gateway asks itself. */
final class OfModel {
  private OfModel() {}

  /** Reads what is asked, as a client's would be who has verified. */
  static Future<Rehearsal> read(Rehearsal.AtModel model, Question question) {
    return model.read(
        caller(question.consumer()), new Content(Buffer.buffer(question.content()), null).stream());
  }

  /**
   * Nothing of a caller gets to a provider: all that comes of it is whose the answer is.
   *
   * @param consumer its id; null: nobody's
   */
  private static Caller caller(@Nullable String consumer) {
    return consumer == null
        ? Caller.NOBODY
        : new Caller(
            new Consumer(consumer, List.of(), List.of(), List.of(), List.of(), List.of()),
            consumer,
            Map.of());
  }
}
