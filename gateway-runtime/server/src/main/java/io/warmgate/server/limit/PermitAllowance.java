package io.warmgate.server.limit;

import java.util.concurrent.TimeUnit;

/**
 * Of requests that are under way. A pod holds permits in Redis under a name of its own, a few more
 * than it uses while there are many left, and says each second that it does: those of a pod that
 * was killed go after {@link LimitScript#HELD_MILLIS}. It tells what it holds, and not what
 * changed, so that a call that was lost, or a Redis that lost everything, is put right by the next.
 */
final class PermitAllowance extends Allowance {
  private static final long RENEW_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long REFUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final String key;
  private final long amount;
  private final String holder;
  private long held;
  private long used;
  private long left;
  private long toldAt = System.nanoTime();

  /**
   * @param key in Redis
   * @param holder no other allowance's
   */
  PermitAllowance(String key, long amount, String holder, Share share) {
    super(Limits.ANSWER_MILLIS, share);
    this.key = key;
    this.amount = amount;
    this.holder = holder;
    this.left = amount;
  }

  @Override
  boolean takeGranted(Claim claim, long now) {
    if (used >= held) {
      return false;
    }
    used++;
    return true;
  }

  @Override
  boolean takeOwn(Claim claim, long now, Share of) {
    if (used >= of.of(amount)) {
      left = 0;
      return false;
    }
    used++;
    left = of.of(amount) - used;
    return true;
  }

  @Override
  void putBack(Claim claim, long unused, long now) {
    ended(0, now);
  }

  @Override
  synchronized void ended(long more, long now) {
    used--;
    mayAskAgain();
  }

  @Override
  synchronized long remaining() {
    return Math.max(0, held - used) + left;
  }

  @Override
  long moreMillis(long now) {
    return 0;
  }

  /** Where little is left others may need what this pod holds and does not use. */
  @Override
  synchronized boolean isScarce() {
    return used < held && left < amount / 4 + 1;
  }

  @Override
  boolean isUnsettled(long now) {
    return used < held || (used > 0 && now - toldAt > RENEW_NANOS);
  }

  @Override
  synchronized boolean isQuiet() {
    return held == 0 && used == 0;
  }

  @Override
  Ask ask(long need, long least, long now) {
    held = used;
    toldAt = now;
    long want = need == 0 ? 0 : Math.max(need, used / 2);
    return new Ask.Permits(key, amount, need, want, holder, held);
  }

  @Override
  void granted(Ask.Answer answer, long sentAt, long now) {
    held += answer.granted();
    left = answer.remaining();
  }

  @Override
  void lost() {}

  /** The next call tells what it holds. */
  @Override
  void answeredLate(Ask ask, Ask.Answer answer) {}

  @Override
  long refusedNanos(Ask.Answer answer) {
    return REFUSED_NANOS;
  }
}
