package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.server.exchange.Inference.Ending;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import org.jspecify.annotations.Nullable;

/** A model being asked; its head is there once it is known what the answer is. */
final class ModelCall implements OriginCall {
  private final OriginCall call;
  private final Asked asked;
  private final ModelKey key;
  private final Metering metering;
  private final Promise<OriginResponse> head = Promise.promise();
  private @Nullable OriginResponse response;

  ModelCall(OriginCall call, Asked asked, ModelKey key, Metering metering) {
    this.call = call;
    this.asked = asked;
    this.key = key;
    this.metering = metering;
  }

  ModelCall start() {
    call.head().onComplete(this::answered, this::broken);
    return this;
  }

  private void answered(OriginResponse came) {
    response = came;
    asked
        .answered(came, metering)
        .onComplete(
            found -> {
              // What a model is may be told to anybody.
              if (HttpMethod.POST.equals(asked.method())) {
                key.came(asked.model().model(), found);
              }
              if (!head.tryComplete(found)) {
                found.abort();
              }
            },
            this::broken);
  }

  private void broken(Throwable cause) {
    metering.failed(Ending.BROKEN);
    head.tryFail(cause);
  }

  @Override
  public Future<OriginResponse> head() {
    return head.future();
  }

  @Override
  public void abort() {
    OriginResponse found = head.future().result();
    if (found != null) {
      found.abort();
    } else {
      // The provider may have read it all.
      metering.ended(Ending.GIVEN_UP, AnswerId.UNKNOWN, null);
    }
    call.abort();
    if (response != null) {
      response.abort();
    }
    head.tryFail(new ProblemException(Problem.BAD_GATEWAY));
  }
}
