package io.warmgate.server.exchange;

import io.vertx.core.Future;

/** The backend that was chosen for an exchange, with its balancing, limits, timeouts, retries. */
@FunctionalInterface
public interface Origin {

  /**
   * Asks. May be called after the client's request ended (revalidation in the background), and more
   * than once where the request has no body.
   *
   * @param request usually {@link Exchange#originRequest()}, with conditional fields added
   * @return the answer's head; fails with {@link ProblemException} where there is none: no
   *     connection, timeout, over the backend's limits
   */
  Future<OriginResponse> fetch(OriginRequest request);
}
