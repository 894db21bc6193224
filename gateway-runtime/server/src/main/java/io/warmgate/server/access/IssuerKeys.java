package io.warmgate.server.access;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Where an issuer's keys are had from. Of any thread. */
interface IssuerKeys {

  /** Null: none that may be used at that time. */
  @Nullable KeySet at(long nowMillis);

  /** Whether asking for them now may bring others. */
  boolean mayAsk(long nowMillis);

  /**
   * Asks for them, or waits for who does.
   *
   * @return completes when that is over, whatever it brought; fails where too many wait
   */
  Future<Void> ask(long nowMillis);

  /** No more is asked for. */
  void close();

  /** Keys that do not change. */
  record Given(KeySet keys) implements IssuerKeys {
    @Override
    public KeySet at(long nowMillis) {
      return keys;
    }

    @Override
    public boolean mayAsk(long nowMillis) {
      return false;
    }

    @Override
    public Future<Void> ask(long nowMillis) {
      return Future.succeededFuture();
    }

    @Override
    public void close() {}
  }
}
