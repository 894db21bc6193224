package io.warmgate.server.exchange;

import io.vertx.core.Future;
import io.warmgate.config.AccessRule;
import org.jspecify.annotations.Nullable;

/** The step that finds out who asks. Before it nothing is looked up, nobody asked. */
@FunctionalInterface
public interface Authenticator {

  /** Where no rule asks for callers. */
  Authenticator NONE =
      (_, _) -> {
        throw new IllegalStateException("a rule that asks for callers, and nobody who knows them");
      };

  /**
   * Sets the exchange's caller. Called on its event loop, where the future completes too.
   *
   * @param rule of the exchange
   * @return null: it is done. Fails, as the call itself may, with a {@link ProblemException} where
   *     the request does not go on
   */
  @Nullable Future<Void> authenticate(Exchange exchange, AccessRule rule);
}
