package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front;
import io.warmgate.ai.Provider;
import io.warmgate.ai.bedrock.ConverseEvents;
import io.warmgate.ai.cache.InferenceKey;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.chat.TokenGuess;
import io.warmgate.ai.chat.Unsigned;
import io.warmgate.ai.chat.Usage;
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
 * A conversation's next turn.
 *
 * @param front that the client speaks to
 * @param request as it was read
 * @param body for the provider
 * @param nowSeconds since the epoch
 */
record ChatAsked(
    Front front,
    ChatRequest request,
    ServedModel model,
    Buffer body,
    Map<String, String> passed,
    long nowSeconds)
    implements Asked {
  private static final int OK = 200;

  /**
   * @param sent what the client sent
   * @param headers of the client
   * @param nowSeconds since the epoch
   * @throws io.warmgate.ai.TranslationException where it is no question to this model
   */
  static ChatAsked of(
      Front front,
      ChatRequest request,
      byte[] sent,
      ServedModel model,
      MultiMap headers,
      long nowSeconds) {
    String name = model.model().model();
    Provider provider = model.provider();
    // What another provider has signed is not told as it came.
    boolean foreign = provider.dialect() != Dialect.GEMINI && Unsigned.isSigned(request);
    ChatRequest told = foreign ? Unsigned.of(request) : request;
    boolean asItCame = front.dialect() == provider.dialect() && !foreign;
    return new ChatAsked(
        front,
        told,
        model,
        Buffer.buffer(
            asItCame
                ? NativeRequest.of(sent, request, name)
                : provider.writeRequest(told.withModel(name))),
        front.dialect() == provider.dialect()
            ? PassedFields.of(headers, front.dialect())
            : Map.of(),
        nowSeconds);
  }

  @Override
  public ProviderPath path() {
    return ProviderPath.chat(model.model(), request.delivery().form().isStream());
  }

  @Override
  public String accept() {
    if (!request.delivery().form().isStream()) {
      return "application/json";
    }
    return isBedrocks() ? ConverseEvents.MEDIA_TYPE : "text/event-stream";
  }

  private boolean isBedrocks() {
    return model.provider().dialect() == Dialect.BEDROCK_CONVERSE;
  }

  @Override
  public Expected expected() {
    return new Expected(TokenGuess.input(request), request.generation().maxTokens());
  }

  @Override
  public Future<OriginResponse> answered(OriginResponse response, Metering metering) {
    return isBedrocks()
        ? BedrockAnswer.of(response).compose(answer -> read(answer, metering))
        : read(response, metering);
  }

  private Future<OriginResponse> read(OriginResponse response, Metering metering) {
    if (response.status() != OK) {
      metering.failed(Ending.REFUSED);
      return ProviderErrors.read(front, model.provider(), response);
    }
    return ProviderBody.isStream(response)
        ? Future.succeededFuture(
            new ChatStream(response, model, request.generation().format(), nowSeconds, metering))
        : ProviderBody.whole(response)
            .onSuccess(_ -> metering.whole())
            .map(body -> whole(response, body, metering));
  }

  private OriginResponse whole(OriginResponse response, Buffer body, Metering metering) {
    return switch (model.provider().readAnswer(body.getBytes())) {
      case Outcome.Failed(ModelError error) -> {
        metering.failed(Ending.REFUSED);
        yield ProviderErrors.inside(front, response, error);
      }
      case Outcome.Answered answered -> {
        metering.answered(answered.answer());
        yield new MadeResponse(
            OK,
            UsageField.put(
                ProviderFields.answer(response.headers()).set("content-type", "application/json"),
                metering.took()),
            body,
            response.hasExcess()
                ? new Worth.Nothing(Reason.INCOMPLETE)
                : Keepable.ofWhole(answered, request.generation().format(), model.readOnlyTools()));
      }
    };
  }

  @Override
  public Question question() {
    InferenceKey key = InferenceKey.of(request, model.model().model(), model.defaults());
    return model.question(List.of(key), passed, Keepable.never(request));
  }

  @Override
  public Future<OriginResponse> inTheWordsOf(ServedModel other, OriginResponse answer) {
    return model.provider().dialect() == other.provider().dialect()
        ? Future.succeededFuture(answer)
        : new ChatAnswers(other.teller(nowSeconds), request, model.provider(), _ -> {})
            .coming(answer);
  }

  @Override
  public Rewriting rewriting(Consumer<Usage> heard) {
    return new ChatAnswers(front, request, model.provider(), heard);
  }
}
