package io.warmgate.server.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.warmgate.config.Issuer;
import io.warmgate.server.access.Outcome.Refused;
import java.time.InstantSource;

/**
 * Finds out what a token is by asking one issuer. The answer is read beside the event loops, as the
 * token is, where it is a JWT: both are others' to choose.
 */
final class Introspector {
  private final Vertx vertx;
  private final IntrospectionEndpoint endpoint;
  private final IntrospectionAnswer answers;
  private final InstantSource clock;

  Introspector(
      Vertx vertx,
      Issuer issuer,
      IntrospectionEndpoint endpoint,
      Consumers consumers,
      InstantSource clock) {
    this.vertx = vertx;
    this.endpoint = endpoint;
    this.answers = new IntrospectionAnswer(issuer, consumers);
    this.clock = clock;
  }

  /** Never fails; completes on any thread. */
  Future<Outcome> ask(String token, Digest digest) {
    long now = clock.millis();
    return endpoint
        .ask(token)
        .compose(
            json ->
                vertx
                    .executeBlocking(
                        () -> answers.read(json, digest, TokenCheck.unverifiedIssuer(token), now),
                        false)
                    .onFailure(endpoint::isNoAnswer))
        .otherwise(
            cause ->
                Refused.now(
                    cause instanceof Turns.FullException ? Refusal.BUSY : Refusal.NO_ANSWER));
  }
}
