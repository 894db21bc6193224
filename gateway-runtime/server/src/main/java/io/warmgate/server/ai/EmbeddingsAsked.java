package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front;
import io.warmgate.ai.cache.InferenceKey;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.embedding.EmbeddingAnswer;
import io.warmgate.ai.embedding.EmbeddingAnswers;
import io.warmgate.ai.embedding.EmbeddingBatch;
import io.warmgate.ai.embedding.EmbeddingOutcome;
import io.warmgate.ai.embedding.EmbeddingProvider;
import io.warmgate.ai.embedding.EmbeddingRequest;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.Inference.Ending;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.exchange.Rewriting;
import io.warmgate.server.exchange.Worth;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Vectors of some texts, asked for and kept together. How they are written is no part of the
 * question.
 *
 * @param front for errors
 * @param body for the provider
 */
record EmbeddingsAsked(
    Front front,
    EmbeddingRequest request,
    ServedModel model,
    Buffer body,
    Map<String, String> passed)
    implements Asked {
  private static final int OK = 200;

  /**
   * @param sent what the client sent
   * @param headers of the client
   */
  static EmbeddingsAsked of(
      Front front, EmbeddingRequest request, byte[] sent, ServedModel model, MultiMap headers) {
    String name = model.model().model();
    EmbeddingProvider other = model.ofVectors();
    return new EmbeddingsAsked(
        front,
        request,
        model,
        Buffer.buffer(
            other == null
                ? NativeRequest.named(sent, request.model(), name)
                : other.write(request.withModel(name))),
        PassedFields.of(headers, Dialect.OPENAI_EMBEDDINGS));
  }

  @Override
  public ProviderPath path() {
    return ProviderPath.embeddings(model.model());
  }

  @Override
  public String accept() {
    return "application/json";
  }

  @Override
  public Question question() {
    List<InferenceKey> items = new EmbeddingBatch(request, model.model().model()).keys();
    return model.question(items, passed, null);
  }

  @Override
  public Expected expected() {
    return new Expected(request.guessedTokens(), 0L);
  }

  @Override
  public Future<OriginResponse> answered(OriginResponse response, Metering metering) {
    if (response.status() != OK) {
      metering.failed(Ending.REFUSED);
      return ProviderErrors.read(front, model.provider(), response);
    }
    return ProviderBody.whole(response).map(vectors -> whole(response, vectors, metering));
  }

  private OriginResponse whole(OriginResponse response, Buffer vectors, Metering metering) {
    return switch (read(vectors.getBytes())) {
      case EmbeddingOutcome.Failed(ModelError error) -> {
        metering.failed(Ending.REFUSED);
        yield ProviderErrors.inside(front, response, error);
      }
      case EmbeddingOutcome.Answered(EmbeddingAnswer answer) -> {
        metering.answered(answer);
        yield new MadeResponse(
            OK,
            UsageField.put(
                ProviderFields.answer(response.headers()).set("content-type", "application/json"),
                metering.tokens()),
            model.ofVectors() == null
                ? vectors
                : Buffer.buffer(EmbeddingAnswers.write(answer, request.encoding())),
            response.hasExcess() ? new Worth.Nothing(Reason.INCOMPLETE) : Worth.Plain.AS_IT_CAME);
      }
    };
  }

  private EmbeddingOutcome read(byte[] body) {
    EmbeddingProvider other = model.ofVectors();
    return other == null
        ? EmbeddingAnswers.read(body, request.inputs().size())
        : other.read(body, request);
  }

  /** Whoever makes vectors, they are told, and kept, as OpenAI has it. */
  @Override
  public Future<OriginResponse> inTheWordsOf(ServedModel other, OriginResponse answer) {
    return Future.succeededFuture(answer);
  }

  @Override
  public Rewriting rewriting(Consumer<Usage> heard) {
    return new EmbeddingsAnswers(front, request);
  }
}
