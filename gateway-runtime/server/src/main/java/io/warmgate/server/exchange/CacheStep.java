package io.warmgate.server.exchange;

import io.vertx.core.Future;

/**
 * Answers the client, from what is kept or from the origin, by {@link Exchange#reply()}. Called for
 * every request that has a backend, upgrades excepted; a rule without a cache policy passes
 * through.
 */
@FunctionalInterface
public interface CacheStep {

  /** What a rule without a cache policy gets: the origin's answer, streamed. */
  CacheStep PASS =
      (exchange, origin) -> exchange.reply().stream(origin.fetch(exchange.originRequest()));

  /**
   * @return completes when the answer was written; where it fails before the answer's head was
   *     written the client gets the {@link ProblemException}'s problem (502 for any other
   *     exception), and after that its connection (stream, in HTTP/2) is reset
   */
  Future<Void> answer(Exchange exchange, Origin origin);
}
