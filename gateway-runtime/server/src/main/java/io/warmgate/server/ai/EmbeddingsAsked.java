package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.embedding.EmbeddingAnswer;
import io.warmgate.ai.embedding.EmbeddingAnswers;
import io.warmgate.ai.embedding.EmbeddingBatch;
import io.warmgate.ai.embedding.EmbeddingInput;
import io.warmgate.ai.embedding.EmbeddingOutcome;
import io.warmgate.ai.embedding.EmbeddingProvider;
import io.warmgate.ai.embedding.EmbeddingRequest;
import io.warmgate.ai.embedding.EmbeddingRequest.Encoding;
import io.warmgate.ai.embedding.EmbeddingRequests;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.Inference.Ending;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.exchange.Rewriting;
import io.warmgate.server.exchange.Tokens;
import io.warmgate.server.exchange.Worth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of some texts. How they are written is no part of the question.
 *
 * @param front for errors
 * @param batch the client's request, item by item
 * @param request what of it is asked
 * @param body for the provider
 * @param telling of what comes
 */
record EmbeddingsAsked(
    Front front,
    EmbeddingBatch batch,
    EmbeddingRequest request,
    ServedModel model,
    Buffer body,
    Map<String, String> passed,
    Telling telling)
    implements Asked {
  private static final int OK = 200;

  /** What whoever asks is told of an answer. */
  enum Telling {
    THE_WHOLE,
    /** What each item alone would have got, too. */
    EACH
  }

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
        new EmbeddingBatch(request, name),
        request,
        model,
        Buffer.buffer(
            other == null
                ? NativeRequest.named(sent, request.model(), name)
                : other.write(request.withModel(name))),
        PassedFields.of(headers, Dialect.OPENAI_EMBEDDINGS),
        Telling.THE_WHOLE);
  }

  @Override
  public EmbeddingsAsked only(List<Integer> items) {
    EmbeddingRequest some = batch.only(items);
    return new EmbeddingsAsked(
        front,
        batch,
        some,
        model,
        some.inputs().equals(request.inputs()) ? body : Buffer.buffer(written(some)),
        passed,
        Telling.EACH);
  }

  private byte[] written(EmbeddingRequest some) {
    EmbeddingRequest named = some.withModel(model.model().model());
    EmbeddingProvider other = model.ofVectors();
    return other == null ? EmbeddingRequests.write(named) : other.write(named);
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
    return question(_ -> null);
  }

  /**
   * The same, as the cache sees it.
   *
   * @param never why an item is neither looked up nor kept; null: it may be
   */
  Question question(Function<EmbeddingInput, @Nullable Reason> never) {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < batch.keys().size(); i++) {
      Reason why = never.apply(batch.items().get(i));
      questions.add(model.question(List.of(batch.keys().get(i)), passed, why));
    }
    return batch.inputs() == 1
        ? questions.getFirst()
        : Question.of(new EmbeddingItems(batch, request.encoding(), questions));
  }

  @Override
  public Expected expected() {
    return new Expected(request.guessedTokens(), 0L);
  }

  @Override
  public Expected expected(List<Integer> items) {
    return new Expected(batch.only(items).guessedTokens(), 0L);
  }

  @Override
  public Future<OriginResponse> answered(OriginResponse response, Metering metering) {
    if (response.status() != OK) {
      metering.failed(Ending.REFUSED);
      return ProviderErrors.read(front, model.provider(), response);
    }
    return ProviderBody.whole(response, ProviderBody.MOST_OF_VECTORS)
        .onSuccess(_ -> metering.whole())
        .compose(
            vectors ->
                OffLoop.where(vectors.length(), () -> read(vectors, response, metering))
                    .map(read -> whole(response, read, metering)));
  }

  /**
   * What came, and what of it may be kept.
   *
   * @param told for the client
   */
  private record Read(EmbeddingOutcome outcome, Buffer told, Worth worth) {}

  private Read read(Buffer vectors, OriginResponse response, Metering metering) {
    Reason excess = response.hasExcess() ? Reason.INCOMPLETE : null;
    EmbeddingProvider other = model.ofVectors();
    EmbeddingOutcome outcome =
        other == null
            ? EmbeddingAnswers.read(vectors.getBytes(), request.inputs().size())
            : other.read(vectors.getBytes(), request.withModel(model.model().model()));
    if (!(outcome instanceof EmbeddingOutcome.Answered(EmbeddingAnswer answer))) {
      return new Read(outcome, vectors, Worth.Plain.AS_IT_CAME);
    }
    Buffer told =
        other == null ? vectors : Buffer.buffer(EmbeddingAnswers.write(answer, request.encoding()));
    Worth whole = excess == null ? Worth.Plain.AS_IT_CAME : new Worth.Nothing(excess);
    return new Read(
        outcome,
        told,
        telling == Telling.EACH ? new Worth.Apart(apart(answer, metering), excess) : whole);
  }

  /** Written in base64, which is half as long. */
  private List<Worth.Instead> apart(EmbeddingAnswer answer, Metering metering) {
    List<Worth.Instead> each = new ArrayList<>();
    List<EmbeddingAnswer> alone = EmbeddingBatch.apart(request, answer);
    double all = 0;
    for (int i = 0; i < alone.size(); i++) {
      all += tokens(answer, alone, i);
    }
    for (int i = 0; i < alone.size(); i++) {
      long tokens = tokens(answer, alone, i);
      UsageField.Took took =
          metering.part(Tokens.of(tokens, 0), all == 0 ? 1.0 / alone.size() : tokens / all);
      each.add(
          new Worth.Instead(
              Map.of("content-type", "application/json", UsageField.NAME, UsageField.write(took)),
              Buffer.buffer(EmbeddingAnswers.write(alone.get(i), Encoding.BASE64))));
    }
    return each;
  }

  private long tokens(EmbeddingAnswer answer, List<EmbeddingAnswer> alone, int item) {
    return answer.tokens() > 0
        ? alone.get(item).tokens()
        : request.inputs().get(item).guessedTokens();
  }

  private OriginResponse whole(OriginResponse response, Read read, Metering metering) {
    return switch (read.outcome()) {
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
                metering.took()),
            read.told(),
            read.worth());
      }
    };
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
