package io.warmgate.server.exchange;

import io.vertx.core.Future;

/** A fetch under way. */
public interface OriginCall {

  /**
   * The answer's head; fails with {@link ProblemException} where there is none: no connection,
   * timeout, over the backend's limits.
   */
  Future<OriginResponse> head();

  /**
   * When the request that was answered, or is being, was sent: {@link System#nanoTime()}; 0: none
   * was, or nobody knows.
   */
  default long sentAt() {
    return 0;
  }

  /** Gives the fetch up, before or after its head. Idempotent. */
  void abort();
}
