package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import org.jspecify.annotations.Nullable;

/** A model being asked; its head is there once it is known what the answer is. */
final class ModelCall implements OriginCall {
  private final OriginCall call;
  private final Asked asked;
  private final Promise<OriginResponse> head = Promise.promise();
  private @Nullable OriginResponse response;

  ModelCall(OriginCall call, Asked asked) {
    this.call = call;
    this.asked = asked;
  }

  ModelCall start() {
    call.head().onComplete(this::answered, head::tryFail);
    return this;
  }

  private void answered(OriginResponse came) {
    response = came;
    asked
        .answered(came)
        .onComplete(
            found -> {
              if (!head.tryComplete(found)) {
                found.abort();
              }
            },
            head::tryFail);
  }

  @Override
  public Future<OriginResponse> head() {
    return head.future();
  }

  @Override
  public void abort() {
    call.abort();
    if (response != null) {
      response.abort();
    }
    head.tryFail(new ProblemException(Problem.BAD_GATEWAY));
  }
}
