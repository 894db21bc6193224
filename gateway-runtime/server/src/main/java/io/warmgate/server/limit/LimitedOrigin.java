package io.warmgate.server.limit;

import io.vertx.core.Future;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.OriginResponse;
import org.jspecify.annotations.Nullable;

/**
 * An origin that is asked for a client only once that was counted. What is asked for after the
 * answer began is for the cache, and nobody's.
 */
record LimitedOrigin(Origin origin, Exchange exchange, Passage passage) implements Origin {

  @Override
  public OriginCall fetch(OriginRequest request) {
    if (exchange.reply().begun()) {
      return origin.fetch(request);
    }
    Future<Void> admitted;
    try {
      admitted = passage.toBackend(request.items());
    } catch (RuntimeException e) {
      admitted = Future.failedFuture(e);
    }
    return admitted == null ? origin.fetch(request) : new Later(origin, request, admitted);
  }

  /** A call that begins when it is admitted. Confined to its event loop. */
  private static final class Later implements OriginCall {
    private final Future<OriginResponse> head;
    private @Nullable OriginCall call;
    private boolean aborted;

    Later(Origin origin, OriginRequest request, Future<Void> admitted) {
      head =
          admitted.compose(
              _ -> {
                if (aborted) {
                  return Future.failedFuture("the client went away");
                }
                OriginCall begun = origin.fetch(request);
                call = begun;
                return begun.head();
              });
    }

    @Override
    public Future<OriginResponse> head() {
      return head;
    }

    @Override
    public void abort() {
      aborted = true;
      if (call != null) {
        call.abort();
      }
    }
  }
}
