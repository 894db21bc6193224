package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.Front;
import io.warmgate.ai.Front.ErrorBody;
import io.warmgate.ai.Provider;
import io.warmgate.ai.cache.InferenceKey;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.exchange.Rewriting;
import io.warmgate.server.exchange.Worth;
import java.util.Map;

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
    return front.dialect() == provider.dialect()
        ? new ChatAsked(
            front,
            request,
            model,
            Buffer.buffer(NativeRequest.of(sent, request, name)),
            PassedFields.of(headers, front.dialect()),
            nowSeconds)
        : new ChatAsked(
            front,
            request,
            model,
            Buffer.buffer(provider.writeRequest(request.withModel(name))),
            Map.of(),
            nowSeconds);
  }

  @Override
  public String path() {
    return model.chatPath();
  }

  @Override
  public String accept() {
    return request.delivery().form().isStream() ? "text/event-stream" : "application/json";
  }

  @Override
  public Future<OriginResponse> answered(OriginResponse response) {
    int status = response.status();
    if (status != OK) {
      return Received.whole(response)
          .otherwise(Buffer.buffer())
          .map(
              body ->
                  failed(response, model.provider().readError(status, body.getBytes()), status));
    }
    return Received.isStream(response)
        ? Future.succeededFuture(new ChatStream(response, model, nowSeconds))
        : Received.whole(response).map(body -> whole(response, body));
  }

  private OriginResponse whole(OriginResponse response, Buffer body) {
    return switch (model.provider().readAnswer(body.getBytes())) {
      case Outcome.Failed(ModelError error) -> failed(response, error, OK);
      case Outcome.Answered answered ->
          new MadeResponse(
              OK,
              ProviderFields.answer(response.headers()).set("content-type", "application/json"),
              body,
              response.hasExcess()
                  ? new Worth.Nothing(Reason.INCOMPLETE)
                  : Keepable.ofWhole(answered, model.readOnlyTools()));
    };
  }

  /** For this client alone: it is in the client's own words already. */
  private OriginResponse failed(OriginResponse response, ModelError error, int status) {
    boolean ours = error.kind() == ErrorKind.AUTHENTICATION;
    ErrorBody told =
        front.writeError(
            ours
                ? ModelError.of(
                    ErrorKind.SERVER, "The provider does not accept the gateway's credential.")
                : error);
    MultiMap fields = ProviderFields.answer(response.headers());
    fields.set("content-type", "application/json").set("cache-control", "no-store");
    return new MadeResponse(
        ours || status == OK ? 502 : told.status(), fields, Buffer.buffer(told.json()));
  }

  @Override
  public Question question() {
    InferenceKey key = InferenceKey.of(request, model.model().model(), model.defaults());
    return model.question(key, passed, Keepable.never(request));
  }

  @Override
  public Rewriting rewriting() {
    return new ChatAnswers(front, request, model.provider());
  }
}
