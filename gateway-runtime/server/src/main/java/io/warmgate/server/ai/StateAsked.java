package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.inference.TensorErrors;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.exchange.Rewriting;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a model of tensors is, which versions of it are served, whether it is ready: its server says
 * so each time.
 *
 * @param at in the model server's words
 */
record StateAsked(TensorPath at, ServedModel model) implements Asked {
  private static final TensorErrors ERRORS = new TensorErrors();
  private static final int OK = 200;

  @Override
  public HttpMethod method() {
    return HttpMethod.GET;
  }

  @Override
  public ProviderPath path() {
    return new ProviderPath(at.text(), null);
  }

  @Override
  public Buffer body() {
    return Buffer.buffer();
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
    return model.question(List.of(), Map.of("get", at.text()), Reason.MODEL_STATE);
  }

  @Override
  public Expected expected() {
    return Expected.NOTHING;
  }

  @Override
  public Future<OriginResponse> answered(OriginResponse response, Metering metering) {
    return response.status() == OK
        ? ProviderBody.whole(response)
            .map(body -> new MadeResponse(OK, ProviderFields.answer(response.headers()), body))
        : ProviderErrors.read(ERRORS, ERRORS, response);
  }

  @Override
  public Future<OriginResponse> inTheWordsOf(ServedModel other, OriginResponse answer) {
    return Future.succeededFuture(answer);
  }

  @Override
  public Rewriting rewriting(Consumer<Usage> heard) {
    return new TensorAnswers(null);
  }
}
