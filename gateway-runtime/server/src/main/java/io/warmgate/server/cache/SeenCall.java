package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginResponse;
import java.util.function.Function;

/** A fetch whose answer is looked at, and may be changed, before it is passed on. */
record SeenCall(OriginCall call, Function<OriginResponse, Future<OriginResponse>> seen)
    implements OriginCall {

  @Override
  public Future<OriginResponse> head() {
    return call.head().compose(seen);
  }

  @Override
  public void abort() {
    call.abort();
  }
}
