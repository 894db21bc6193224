package io.warmgate.server.limit;

import java.util.concurrent.TimeUnit;

/**
 * Of requests or bytes within a window.
 *
 * <p>A grant lives until the slice it is counted in ends by Redis' clock, and no longer than {@link
 * #GRANT_MILLIS} after it was asked for: so what is admitted out of it was counted at the time it
 * was admitted. What is left then is given back with the next call. A pod asks for twice as much
 * each time a grant was used up before its end, and for what it used where one was not.
 */
final class WindowAllowance extends Allowance {
  static final long GRANT_MILLIS = 250;
  private static final long MAX_BATCH = 1L << 40;

  /** Another pod may give something back: nobody is refused for longer without Redis' word. */
  private static final long MAX_REFUSED_MILLIS = 100;

  private final String key;
  private final long amount;
  private final long perMillis;
  private final SlidingWindow own;
  private final long minBatch;
  private long batch;
  private long granted;
  private long grantSlice;
  private long grantUntil = System.nanoTime();
  private long used;
  private long backSlice;
  private long back;
  private long spent;
  private long telling;
  private long left;
  private long moreAt = System.nanoTime();

  /**
   * @param key in Redis
   * @param minBatch what is asked for at least, in requests or bytes
   */
  WindowAllowance(String key, long amount, long perMillis, long minBatch, Share share) {
    super(share);
    this.key = key;
    this.amount = amount;
    this.perMillis = perMillis;
    this.own = new SlidingWindow(TimeUnit.MILLISECONDS.toNanos(perMillis));
    this.minBatch = minBatch;
    this.batch = minBatch;
    this.left = amount;
  }

  @Override
  boolean takeGranted(long now) {
    expire(now);
    if (granted < 1) {
      return false;
    }
    granted--;
    used++;
    own.add(now, 1);
    return true;
  }

  private void expire(long now) {
    if (granted > 0 && now - grantUntil >= 0) {
      giveBack();
      batch = Math.max(minBatch, used);
    }
  }

  /** What is to be given back of an earlier slice counts on: less is admitted, never more. */
  private void giveBack() {
    back = (backSlice == grantSlice ? back : 0) + granted;
    backSlice = grantSlice;
    granted = 0;
  }

  @Override
  boolean takeOwn(long now, Share of) {
    if (own.used(now) >= of.of(amount)) {
      left = 0;
      moreAt = now + own.untilLess(now);
      return false;
    }
    own.add(now, 1);
    spent++;
    left = of.of(amount) - own.used(now);
    return true;
  }

  @Override
  synchronized void putBack(Taken how, long now) {
    own.add(now, -1);
    if (how == Taken.ALONE) {
      spent = Math.max(0, spent - 1);
    } else if (now - grantUntil < 0) {
      granted++;
      used--;
    }
  }

  @Override
  synchronized void ended(long more, long now) {
    if (more <= 0) {
      return;
    }
    own.add(now, more);
    expire(now);
    long paid = Math.min(granted, more);
    granted -= paid;
    used += paid;
    spent += more - paid;
  }

  @Override
  synchronized long remaining() {
    return granted + left;
  }

  @Override
  synchronized long moreMillis(long now) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(moreAt - now));
  }

  @Override
  boolean isUnsettled(long now) {
    expire(now);
    return spent > 0 || back > 0;
  }

  @Override
  synchronized boolean isQuiet() {
    return granted == 0 && spent == 0 && back == 0;
  }

  @Override
  Ask ask(int need, long now) {
    expire(now);
    if (need > 0 && granted == 0 && used > 0 && now - grantUntil < 0) {
      batch = Math.min(MAX_BATCH, batch * 2);
    }
    // What was spent longer ago than a window is over.
    telling = Math.min(spent, own.used(now));
    spent = 0;
    long gives = back;
    back = 0;
    long want = need == 0 ? 0 : Math.max(need, batch);
    return new Ask.Window(key, amount, perMillis, need, want, telling, backSlice, gives);
  }

  @Override
  void granted(Ask.Answer answer, long sentAt, long now) {
    expire(now);
    if (answer.granted() > 0) {
      if (granted > 0 && grantSlice != answer.slice()) {
        giveBack();
      }
      granted += answer.granted();
      grantSlice = answer.slice();
      grantUntil =
          sentAt + TimeUnit.MILLISECONDS.toNanos(Math.min(GRANT_MILLIS, answer.sliceMillis()));
      used = 0;
    }
    left = answer.remaining();
    moreAt = now + TimeUnit.MILLISECONDS.toNanos(answer.lessMillis());
    telling = 0;
  }

  /** What was told is told again: it may count twice, and never not at all. */
  @Override
  void lost() {
    spent += telling;
    telling = 0;
  }

  @Override
  long refusedNanos(Ask.Answer answer) {
    return TimeUnit.MILLISECONDS.toNanos(Math.clamp(answer.lessMillis(), 1, MAX_REFUSED_MILLIS));
  }
}
