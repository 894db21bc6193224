package io.warmgate.server.ai;

import io.netty.buffer.ByteBufInputStream;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.warmgate.ai.Front;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.embedding.EmbeddingAnswer;
import io.warmgate.ai.embedding.EmbeddingAnswers;
import io.warmgate.ai.embedding.EmbeddingOutcome;
import io.warmgate.ai.embedding.EmbeddingRequest;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.exchange.Reply;
import io.warmgate.server.exchange.Rewriting;
import java.io.InputStream;

/** Vectors as numbers or in base64, as the client wants them: they are kept as they came. */
record EmbeddingsAnswers(Front front, EmbeddingRequest request) implements Rewriting {
  private static final int OK = 200;

  @Override
  public Buffer whole(Reply reply, Buffer body) {
    if (reply.status() >= 400 && body.length() == 0) {
      reply.headers().set("content-type", "application/json");
      return Problems.without(front, reply.status());
    }
    return reply.status() == OK ? encoded(body) : body;
  }

  @Override
  public Future<OriginResponse> coming(OriginResponse answer) {
    return answer.status() == OK
        ? ProviderBody.whole(answer, ProviderBody.MOST_OF_VECTORS)
            .compose(body -> OffLoop.where(body.length(), () -> encoded(body)))
            .map(body -> new MadeResponse(OK, answer.headers(), body))
        : Future.succeededFuture(answer);
  }

  private Buffer encoded(Buffer body) {
    InputStream begin = new ByteBufInputStream(((BufferInternal) body).getByteBuf());
    if (EmbeddingAnswers.encoding(begin) == request.encoding()) {
      return body;
    }
    return switch (EmbeddingAnswers.read(body.getBytes(), request.inputs().size())) {
      case EmbeddingOutcome.Answered(EmbeddingAnswer answer) ->
          Buffer.buffer(EmbeddingAnswers.write(answer, request.encoding()));
      case EmbeddingOutcome.Failed(ModelError error) ->
          throw new ProblemException(Problem.MODEL_ANSWER, new ModelFailure(error));
    };
  }
}
