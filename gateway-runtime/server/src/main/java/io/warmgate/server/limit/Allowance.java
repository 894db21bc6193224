package io.warmgate.server.limit;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pod may admit of one count, out of what Redis granted it before. One call to Redis is
 * under way for it at a time; who comes meanwhile waits for it. Times are {@link
 * System#nanoTime()}'s. Safe for threads.
 */
abstract class Allowance {
  /**
   * So long a pod decides by its own share after Redis gave no answer, before it asks again, in
   * nanoseconds.
   */
  static final long ALONE_NANOS = 100_000_000;

  /** Whether one request is admitted. */
  enum Taken {
    /** Out of what Redis granted. */
    GRANTED,
    /** Out of this pod's share, since Redis gives no answer. */
    ALONE,
    REFUSED,
    /** Nobody knows before Redis was asked. */
    UNKNOWN
  }

  private final Share share;
  private final List<Promise<Void>> waiting = new ArrayList<>();
  private boolean asking;

  /** Who waited for the last call and has not come back yet. */
  private int woken;

  // Who comes may have looked at the clock before the last answer came: a time that is over says
  // nothing to it, so that it is told here whether there is such a time at all.
  private boolean alone;
  private long aloneUntil;
  private boolean refusing;
  private long refusedUntil;

  Allowance(Share share) {
    this.share = share;
  }

  /** Of the amount, how much this pod may admit by itself; at least 1. */
  interface Share {
    long of(long amount);
  }

  /** Admits one, if it may be. */
  synchronized Taken take(long now) {
    woken = Math.max(0, woken - 1);
    if (takeGranted(now)) {
      return Taken.GRANTED;
    }
    if (alone && now - aloneUntil < 0) {
      return takeOwn(now, share) ? Taken.ALONE : Taken.REFUSED;
    }
    return refusing && now - refusedUntil < 0 ? Taken.REFUSED : Taken.UNKNOWN;
  }

  /** One was admitted, and then not, since another limit refused it. */
  abstract void putBack(Taken how, long now);

  /**
   * The request that was admitted has ended.
   *
   * @param bytes of its content and of its answer's
   */
  abstract void ended(long bytes, long now);

  /** So much would be admitted next, as far as this pod knows; at least 0. */
  abstract long remaining();

  /** Until that is more, in milliseconds; 0: nobody knows. */
  abstract long moreMillis(long now);

  /**
   * Begins a call.
   *
   * @return null: another one is under way
   */
  synchronized @Nullable Ask begin(long now) {
    if (asking) {
      return null;
    }
    asking = true;
    return ask(1 + waiting.size() + woken, now);
  }

  /**
   * Begins a call that gives back what is not used and tells what Redis does not know.
   *
   * @return null: there is nothing to tell, or another call is under way
   */
  synchronized @Nullable Ask settle(long now) {
    if (asking || !isUnsettled(now)) {
      return null;
    }
    asking = true;
    return ask(0, now);
  }

  /** Whether Redis should hear of it again. */
  abstract boolean isUnsettled(long now);

  /** Whether Redis need not hear of it again before it is asked. */
  abstract boolean isQuiet();

  /** Whether what is not used is given back at once. */
  boolean isScarce() {
    return false;
  }

  /**
   * Completes when the call that is under way has ended; at once where there is none.
   *
   * @param promise of the caller's context
   */
  Future<Void> after(Promise<Void> promise) {
    synchronized (this) {
      if (asking) {
        waiting.add(promise);
        return promise.future();
      }
    }
    return Future.succeededFuture();
  }

  /** The call was answered. */
  void answered(Ask.Answer answer, long sentAt, long now) {
    over(
        () -> {
          alone = false;
          granted(answer, sentAt, now);
          refusing = answer.remaining() == 0;
          refusedUntil = now + refusedNanos(answer);
        });
  }

  /** The call was not answered. */
  void failed(long now) {
    over(
        () -> {
          alone = true;
          aloneUntil = now + ALONE_NANOS;
          lost();
        });
  }

  private void over(Runnable change) {
    List<Promise<Void>> told;
    synchronized (this) {
      change.run();
      asking = false;
      told = List.copyOf(waiting);
      waiting.clear();
      woken = told.size();
    }
    told.forEach(Promise::complete);
  }

  /** Something became free in this pod. */
  final void mayAskAgain() {
    refusing = false;
  }

  abstract boolean takeGranted(long now);

  abstract boolean takeOwn(long now, Share of);

  /**
   * @param need how many wait; 0: nobody
   */
  abstract Ask ask(int need, long now);

  abstract void granted(Ask.Answer answer, long sentAt, long now);

  /** What was asked may have been done or not. */
  abstract void lost();

  /** How long nobody is admitted, where nothing remains. */
  abstract long refusedNanos(Ask.Answer answer);
}
