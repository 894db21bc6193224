package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.inference.AnswerId;
import io.warmgate.ai.inference.TensorAnswer;
import io.warmgate.ai.inference.TensorErrors;
import io.warmgate.ai.inference.TensorQuestion;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.Inference.Ending;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.exchange.Rewriting;
import io.warmgate.server.exchange.Worth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tensors, asked for in the protocol that the client speaks. The answer's bytes are the server's,
 * without the {@code id} of who asked.
 *
 * @param at in the model server's words
 * @param instead of it, where the model is there and its version is not; null: nothing
 */
record TensorsAsked(
    TensorPath at, @Nullable TensorPath instead, TensorQuestion tensors, ServedModel model)
    implements Asked {
  private static final TensorErrors ERRORS = new TensorErrors();
  private static final int OK = 200;

  /** What it takes is not counted in them. */
  static final Expected NO_TOKENS = new Expected(0, 0L);

  @Override
  public ProviderPath path() {
    return new ProviderPath(at.text(), null);
  }

  @Override
  public Buffer body() {
    return Buffer.buffer(tensors.body());
  }

  @Override
  public String accept() {
    return "application/json";
  }

  @Override
  public Map<String, String> passed() {
    return Map.of();
  }

  @Override
  public Question question() {
    TensorPath.Pin pin = at.pin();
    return model.question(
        List.of(tensors.key(at.model(), pin == null ? null : pin.path())), passed(), null);
  }

  @Override
  public @Nullable Asked ofAnyVersion() {
    return instead == null ? null : new TensorsAsked(instead, null, tensors, model);
  }

  @Override
  public Expected expected() {
    return NO_TOKENS;
  }

  @Override
  public Future<OriginResponse> answered(OriginResponse response, Metering metering) {
    if (response.status() != OK) {
      metering.failed(Ending.REFUSED);
      return ProviderErrors.read(ERRORS, ERRORS, response);
    }
    return ProviderBody.whole(response)
        .onSuccess(_ -> metering.whole())
        .map(Buffer::getBytes)
        .compose(
            body ->
                OffLoop.where(body.length, () -> TensorAnswer.failure(tensors.action(), body))
                    .map(failure -> whole(response, body, failure, metering)));
  }

  private OriginResponse whole(
      OriginResponse response, byte[] body, Optional<ModelError> failure, Metering metering) {
    if (failure.isPresent()) {
      metering.failed(Ending.REFUSED);
      return ProviderErrors.inside(ERRORS, response, failure.get());
    }
    metering.inferred();
    String id = tensors.id();
    return new MadeResponse(
        OK,
        UsageField.put(
            ProviderFields.answer(response.headers()).set("content-type", "application/json"),
            metering.took()),
        Buffer.buffer(id == null ? body : AnswerId.without(body, id)),
        response.hasExcess() ? new Worth.Nothing(Reason.INCOMPLETE) : Worth.Plain.AS_IT_CAME);
  }

  /** Those who may stand in speak the same protocol. */
  @Override
  public Future<OriginResponse> inTheWordsOf(ServedModel other, OriginResponse answer) {
    return Future.succeededFuture(answer);
  }

  @Override
  public Rewriting rewriting(Consumer<Usage> heard) {
    return new TensorAnswers(tensors.id());
  }
}
