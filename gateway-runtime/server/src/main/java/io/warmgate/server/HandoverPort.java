package io.warmgate.server;

import io.vertx.core.Future;
import java.time.Duration;

/** Where pods of the gateway's other side hand over requests to this one. */
public interface HandoverPort {

  /** Takes none, ever. */
  HandoverPort NONE =
      new HandoverPort() {
        @Override
        public void keys(HandoverKeys keys) {}

        @Override
        public Future<Void> open() {
          return Future.succeededFuture();
        }

        @Override
        public void drain() {}

        @Override
        public Future<Void> close(Duration patience) {
          return Future.succeededFuture();
        }
      };

  /** The keys from now on. Before {@link #open()}, and whenever they are others. */
  void keys(HandoverKeys keys);

  /** Is bound as soon as there is a token. Never fails: pods that cannot come answer themselves. */
  Future<Void> open();

  /** From now on says to whoever comes that it takes nothing; what it has goes on. */
  void drain();

  /**
   * @return completes when what was under way has ended, or after {@code patience}
   */
  Future<Void> close(Duration patience);
}
