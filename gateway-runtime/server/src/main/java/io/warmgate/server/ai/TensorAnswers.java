package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.inference.AnswerId;
import io.warmgate.ai.inference.TensorErrors;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Reply;
import io.warmgate.server.exchange.Rewriting;
import org.jspecify.annotations.Nullable;

/**
 * Answers as they are, each with the id of who asked.
 *
 * @param id null: the asker chose none
 */
record TensorAnswers(@Nullable String id) implements Rewriting {
  private static final int OK = 200;

  @Override
  public Buffer whole(Reply reply, Buffer body) {
    if (reply.status() >= 400 && body.length() == 0) {
      reply.headers().set("content-type", "application/json");
      return Problems.without(new TensorErrors(), reply.status());
    }
    return reply.status() == OK ? named(body) : body;
  }

  @Override
  public Future<OriginResponse> coming(OriginResponse answer) {
    return answer.status() == OK && id != null
        ? ProviderBody.whole(answer)
            .map(body -> new MadeResponse(OK, answer.headers(), named(body)))
        : Future.succeededFuture(answer);
  }

  private Buffer named(Buffer body) {
    return id == null ? body : Buffer.buffer(AnswerId.with(body.getBytes(), id));
  }
}
