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

  /** Whether a request is admitted. */
  enum Taken {
    /** Out of what Redis granted. */
    GRANTED,
    /** Out of this pod's share, since Redis gives no answer. */
    ALONE,
    REFUSED,
    /** Nobody knows before Redis was asked. */
    UNKNOWN
  }

  private final long patienceMillis;
  private final Share share;
  private final List<Waiting> waiting = new ArrayList<>();
  private boolean asking;

  /** What those need who waited for the last call and have not come back yet. */
  private long woken;

  /** The least of what one of them needs. */
  private long leastWoken = Long.MAX_VALUE;

  // Who comes may have looked at the clock before the last answer came: a time that is over says
  // nothing to it, so that it is told here whether there is such a time at all.
  private boolean alone;
  private long aloneUntil;
  private boolean refusing;
  private long refusedUntil;

  private record Waiting(Promise<Void> promise, long need) {}

  /**
   * @param patienceMillis how long a request waits for what Redis says of it
   */
  Allowance(long patienceMillis, Share share) {
    this.patienceMillis = patienceMillis;
    this.share = share;
  }

  /** Of the amount, how much this pod may admit by itself; at least 1. */
  interface Share {
    long of(long amount);
  }

  long patienceMillis() {
    return patienceMillis;
  }

  /** Admits a request, if it may be; it knows itself then. */
  synchronized Taken take(Claim claim, long now) {
    woken = Math.max(0, woken - claim.need());
    if (woken == 0) {
      leastWoken = Long.MAX_VALUE;
    }
    Taken taken = taken(claim, now);
    claim.taken(taken);
    return taken;
  }

  private Taken taken(Claim claim, long now) {
    if (takeGranted(claim, now)) {
      return Taken.GRANTED;
    }
    if (alone && now - aloneUntil < 0) {
      return takeOwn(claim, now, share) ? Taken.ALONE : Taken.REFUSED;
    }
    boolean mayBeGranted = !refusing || now - refusedUntil >= 0 || claim.need() <= remaining();
    return mayBeGranted ? Taken.UNKNOWN : Taken.REFUSED;
  }

  /**
   * A request that was admitted took less than it claimed.
   *
   * @param unused of what it claimed; all, where another limit refused it
   */
  abstract void putBack(Claim claim, long unused, long now);

  /**
   * A request that was admitted has ended, or took more than it claimed.
   *
   * @param more than it claimed
   */
  abstract void ended(long more, long now);

  /** So much would be admitted next, as far as this pod knows; at least 0. */
  abstract long remaining();

  /** Until that is more, in milliseconds; 0: nobody knows. */
  abstract long moreMillis(long now);

  /**
   * Begins a call.
   *
   * @param need of who asks
   * @return null: another one is under way
   */
  synchronized @Nullable Ask begin(long need, long now) {
    if (asking) {
      return null;
    }
    asking = true;
    return ask(need + woken, Math.min(need, leastWoken), now);
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
    return ask(0, 0, now);
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
   * @param need of who waits
   * @param promise of the caller's context
   */
  Future<Void> after(long need, Promise<Void> promise) {
    synchronized (this) {
      if (asking) {
        waiting.add(new Waiting(promise, need));
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
          refusing = true;
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

  /**
   * A call was answered after it had been given up.
   *
   * @param ask what that was
   */
  abstract void answeredLate(Ask ask, Ask.Answer answer);

  private void over(Runnable change) {
    List<Waiting> told;
    synchronized (this) {
      change.run();
      asking = false;
      told = List.copyOf(waiting);
      waiting.clear();
      woken = told.stream().mapToLong(Waiting::need).sum();
      leastWoken = told.stream().mapToLong(Waiting::need).min().orElse(Long.MAX_VALUE);
    }
    told.forEach(waited -> waited.promise().complete());
  }

  /** Something became free in this pod. */
  final void mayAskAgain() {
    refusing = false;
  }

  abstract boolean takeGranted(Claim claim, long now);

  abstract boolean takeOwn(Claim claim, long now, Share of);

  /**
   * @param need of all who wait; 0: nobody does
   * @param least of what one of them needs
   */
  abstract Ask ask(long need, long least, long now);

  abstract void granted(Ask.Answer answer, long sentAt, long now);

  /** What was asked may have been done or not. */
  abstract void lost();

  /** How long nobody is admitted who needs more than there is. */
  abstract long refusedNanos(Ask.Answer answer);
}
