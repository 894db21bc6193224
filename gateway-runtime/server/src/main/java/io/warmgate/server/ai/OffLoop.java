package io.warmgate.server.ai;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/** Work on bytes: what is long is done where no other request waits for it. */
final class OffLoop {
  /** In bytes; to read less takes about a millisecond. */
  static final int LARGE = 256 << 10;

  private OffLoop() {}

  /**
   * @param length of what is worked on, in bytes
   */
  static <T> Future<T> where(int length, Callable<T> work) {
    if (length >= LARGE) {
      return Vertx.currentContext().executeBlocking(work, false);
    }
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }
}
