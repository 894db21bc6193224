package io.warmgate.server.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.config.BackendLimits;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import java.util.ArrayDeque;

/**
 * Holds what is asked of a backend to its limits: so many at once, so many a second, so many
 * waiting, each for so long; what is beyond is refused with {@code Retry-After}.
 */
final class Limiter {
  private static final long SECOND = 1_000_000_000L;
  private static final Future<Void> AT_ONCE = Future.succeededFuture();

  private final Vertx vertx;
  private final BackendLimits limits;
  private final int concurrent;
  private final long spacing;
  private final ArrayDeque<Promise<Void>> waiting = new ArrayDeque<>();
  private int active;
  private boolean timed;

  /** When the bucket of one second's requests would be full, {@link System#nanoTime()}. */
  private long fullAt;

  Limiter(Vertx vertx, BackendLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
    this.concurrent = limits.maxConcurrent() == null ? Integer.MAX_VALUE : limits.maxConcurrent();
    this.spacing =
        limits.maxRequestsPerSecond() == null ? 0 : SECOND / limits.maxRequestsPerSecond();
    this.fullAt = System.nanoTime();
  }

  /** Completes when a request may be sent; each that completed is {@link #release}d once. */
  synchronized Future<Void> acquire() {
    if (waiting.isEmpty() && admit()) {
      return AT_ONCE;
    }
    if (waiting.size() >= limits.queueSize()) {
      return Future.failedFuture(overloaded());
    }
    Promise<Void> promise = Promise.promise();
    waiting.add(promise);
    vertx.setTimer(Math.max(1, limits.queueTimeoutMillis()), _ -> giveUp(promise));
    wakeLater();
    return promise.future();
  }

  void release() {
    synchronized (this) {
      active--;
    }
    wake();
  }

  private boolean admit() {
    if (active >= concurrent || !token()) {
      return false;
    }
    active++;
    return true;
  }

  private boolean token() {
    if (spacing == 0) {
      return true;
    }
    long now = System.nanoTime();
    long from = fullAt - now < 0 ? now : fullAt;
    if (from + spacing - now > SECOND) {
      return false;
    }
    fullAt = from + spacing;
    return true;
  }

  private void wake() {
    while (true) {
      Promise<Void> next;
      synchronized (this) {
        if (waiting.isEmpty() || !admit()) {
          wakeLater();
          return;
        }
        next = waiting.remove();
      }
      if (!next.tryComplete()) {
        release();
      }
    }
  }

  /** Where the rate holds requests back nobody else wakes them. */
  private synchronized void wakeLater() {
    if (spacing == 0 || timed || waiting.isEmpty()) {
      return;
    }
    timed = true;
    vertx.setTimer(
        Math.max(1, spacing / 1_000_000L),
        _ -> {
          synchronized (this) {
            timed = false;
          }
          wake();
        });
  }

  private void giveUp(Promise<Void> promise) {
    synchronized (this) {
      if (!waiting.remove(promise)) {
        return;
      }
    }
    promise.tryFail(overloaded());
  }

  private static ProblemException overloaded() {
    return new ProblemException(Problem.OVERLOADED, 1, null);
  }
}
