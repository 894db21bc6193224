package io.warmgate.server.idempotency;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The fetch of the first request with a key. Its answer is read and kept before the client gets it,
 * so that whoever has seen it sees no other by the same key. The client may go away meanwhile: what
 * the backend did is then still known, to whoever asks again.
 */
final class KeyedCall implements OriginCall {
  /** So long it is waited for an answer that no client waits for. */
  private static final long PATIENCE_MILLIS = 60_000;

  private final Vertx vertx;
  private final OriginCall call;
  private final BooleanSupplier sent;
  private final Reservation reservation;
  private final long maxBytes;
  private final Promise<OriginResponse> head = Promise.promise();
  private @Nullable OriginResponse reading;
  private boolean handedOn;
  private long timer = -1;

  /**
   * @param sent whether the backend may have got some of the request
   * @param maxBytes of an answer that is kept
   */
  KeyedCall(
      Vertx vertx, OriginCall call, BooleanSupplier sent, Reservation reservation, long maxBytes) {
    this.vertx = vertx;
    this.call = call;
    this.sent = sent;
    this.reservation = reservation;
    this.maxBytes = maxBytes;
    call.head().onComplete(this::answered, this::failed);
  }

  @Override
  public Future<OriginResponse> head() {
    return head.future();
  }

  /** The client went away. */
  @Override
  public void abort() {
    if (handedOn) {
      call.abort();
    } else if (timer < 0) {
      timer = vertx.setTimer(PATIENCE_MILLIS, _ -> giveUp());
    }
  }

  private void giveUp() {
    call.abort();
    if (reading != null) {
      reading.abort();
      failed(new ProblemException(Problem.BACKEND_TIMEOUT));
    }
  }

  private void answered(OriginResponse response) {
    if (!Keeping.mayKeep(response.headers(), maxBytes)) {
      finish(new Kept.TooLarge(), response);
      return;
    }
    reading = response;
    Content.read(response.body(), maxBytes).onComplete(read -> read(response, read));
  }

  private void read(OriginResponse response, AsyncResult<Content> read) {
    if (read.failed()) {
      failed(new ProblemException(Problem.BAD_GATEWAY, read.cause()));
    } else if (read.result().isWhole() && !response.hasExcess()) {
      finish(
          Keeping.answer(response, read.result().begin()),
          new HeldResponse(response, read.result()));
    } else {
      finish(new Kept.TooLarge(), new HeldResponse(response, read.result()));
    }
  }

  private void finish(Kept kept, OriginResponse response) {
    reservation
        .finish(kept)
        .onComplete(
            _ -> {
              handedOn = true;
              over();
              if (!head.tryComplete(response)) {
                response.abort();
              }
            });
  }

  private void failed(Throwable cause) {
    if (!sent.getAsBoolean()) {
      reservation.release();
      over();
      head.tryFail(cause);
      return;
    }
    Problem problem = cause instanceof ProblemException known ? known.problem() : Problem.INTERNAL;
    reservation
        .finish(new Kept.Failed(problem))
        .onComplete(
            _ -> {
              over();
              head.tryFail(cause);
            });
  }

  private void over() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
  }
}
