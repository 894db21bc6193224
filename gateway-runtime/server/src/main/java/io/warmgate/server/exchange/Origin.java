package io.warmgate.server.exchange;

/** The backend that was chosen for an exchange, with its balancing, limits, timeouts, retries. */
@FunctionalInterface
public interface Origin {

  /**
   * Asks. May be called after the client's request ended (revalidation in the background), and more
   * than once where the request has no body.
   *
   * @param request usually {@link Exchange#originRequest()}, with conditional fields added
   */
  OriginCall fetch(OriginRequest request);
}
