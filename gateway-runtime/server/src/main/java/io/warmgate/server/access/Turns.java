package io.warmgate.server.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many calls to one service are under way, and how many wait until they may be: whatever does
 * not fit in fails at once, and what waited for the most of its time is not begun any more. Calls
 * end within their time, and they are begun in their order: so nobody waits for longer than that.
 *
 * @param <T> what a call brings
 */
final class Turns<T> {
  private final int most;
  private final int mostWaiting;
  private final InstantSource clock;
  private final Queue<Waiting<T>> waiting = new ArrayDeque<>();
  private int underWay;

  private record Waiting<T>(long millis, long since, LongFunction<Future<T>> call, Promise<T> of) {}

  /** More was to be asked than fits in: this says nothing of the service. */
  static final class FullException extends IOException {
    private static final long serialVersionUID = 1;

    FullException() {
      super("has too much to answer");
    }
  }

  /**
   * @param most under way at once
   * @param mostWaiting beside those
   */
  Turns(int most, int mostWaiting, InstantSource clock) {
    this.most = most;
    this.mostWaiting = mostWaiting;
    this.clock = clock;
  }

  /**
   * Calls, at once or later.
   *
   * @param millis that it may take, the waiting included
   * @param call given the milliseconds that are left of that
   * @return fails with a {@link FullException} where it is not called, unless the call before
   *     failed: then as that did
   */
  Future<T> take(long millis, LongFunction<Future<T>> call) {
    Waiting<T> mine = new Waiting<>(millis, clock.millis(), call, Promise.promise());
    synchronized (this) {
      if (underWay >= most) {
        if (waiting.size() >= mostWaiting) {
          return Future.failedFuture(new FullException());
        }
        waiting.add(mine);
        return mine.of.future();
      }
      underWay++;
    }
    begin(mine, millis);
    return mine.of.future();
  }

  private void begin(Waiting<T> one, long left) {
    Future<T> called;
    try {
      called = one.call.apply(left);
    } catch (RuntimeException e) {
      called = Future.failedFuture(e);
    }
    called.onComplete(
        result -> {
          next(result.failed() ? result.cause() : null);
          one.of.handle(result);
        });
  }

  private void next(@Nullable Throwable failed) {
    Waiting<T> next;
    long left;
    do {
      synchronized (this) {
        next = waiting.poll();
        if (next == null) {
          underWay--;
          return;
        }
      }
      left = next.millis - (clock.millis() - next.since);
      if (left < next.millis / 4) {
        next.of.fail(failed == null ? new FullException() : failed);
        next = null;
      }
    } while (next == null);
    begin(next, left);
  }
}
