package io.warmgate.server.limit;

import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Of requests, bytes, tokens or money within a window.
 *
 * <p>A grant lives until the slice it is counted in ends by Redis' clock, and no longer than {@link
 * #GRANT_MILLIS} after it was asked for: so what is admitted out of it was counted at the time it
 * was admitted. What is left then is given back with the next call. A pod asks for twice as much
 * each time a grant was used up before its end, and for what it used where one was not.
 *
 * <p>What a request claimed and did not take is put back where it was counted: into the grant, as
 * long as that lives, else into its slice, at the next call. Where a call was lost more may be
 * counted than was taken, and never less.
 */
final class WindowAllowance extends Allowance {
  static final long GRANT_MILLIS = 250;
  private static final long MAX_BATCH = 1L << 40;

  /** Another pod may give something back: nobody is refused for longer without Redis' word. */
  private static final long MAX_REFUSED_MILLIS = 100;

  private static final int MAX_TOLD = 64;

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
  private SortedMap<Long, Long> back = new TreeMap<>();
  private long spent;
  private long telling;

  /** Counts calls that tell what was spent: what was claimed since {@code untold} is not told. */
  private long tellings;

  private long untold;

  /** In which slice what was told was counted, by the number of the call; of the last ones. */
  private final NavigableMap<Long, Long> toldIn = new TreeMap<>();

  /** Of what is being told, so much was put back meanwhile. */
  private long unusedOfTelling;

  private long left;
  private long moreAt = System.nanoTime();

  /**
   * @param key in Redis
   * @param minBatch what is asked for at least, in requests, bytes, tokens or billionths
   * @param patienceMillis how long a request waits for what Redis says of it
   */
  WindowAllowance(
      String key, long amount, long perMillis, long minBatch, long patienceMillis, Share share) {
    super(patienceMillis, share);
    this.key = key;
    this.amount = amount;
    this.perMillis = perMillis;
    this.own = new SlidingWindow(TimeUnit.MILLISECONDS.toNanos(perMillis));
    this.minBatch = minBatch;
    this.batch = minBatch;
    this.left = amount;
  }

  @Override
  boolean takeGranted(Claim claim, long now) {
    expire(now);
    if (granted < claim.need()) {
      return false;
    }
    granted -= claim.need();
    used += claim.need();
    own.add(now, claim.need());
    claim.at(now, grantSlice);
    return true;
  }

  private void expire(long now) {
    if (granted > 0 && now - grantUntil >= 0) {
      giveBack();
      batch = Math.max(minBatch, used);
    }
  }

  private void giveBack() {
    back.merge(grantSlice, granted, Long::sum);
    granted = 0;
  }

  /** Who claims more than the whole share is admitted where nothing of it is taken. */
  @Override
  boolean takeOwn(Claim claim, long now, Share of) {
    long most = of.of(amount);
    if (own.used(now) + Math.min(claim.need(), most) > most) {
      left = Math.max(0, most - own.used(now));
      moreAt = now + own.untilLess(now);
      return false;
    }
    own.add(now, claim.need());
    spent += claim.need();
    claim.at(now, tellings);
    left = Math.max(0, most - own.used(now));
    return true;
  }

  @Override
  synchronized void putBack(Claim claim, long unused, long now) {
    own.takeBack(now, claim.at(), unused);
    if (claim.taken() == Taken.ALONE) {
      putBackAlone(claim.slice(), unused);
    } else if (claim.slice() == grantSlice && now - grantUntil < 0) {
      granted += unused;
      used = Math.max(0, used - unused);
    } else {
      back.merge(claim.slice(), unused, Long::sum);
    }
  }

  /**
   * @param told how many calls had told something before it was claimed
   */
  private void putBackAlone(long told, long unused) {
    if (told < untold) {
      Map.Entry<Long, Long> counted = toldIn.higherEntry(told);
      if (counted != null) {
        back.merge(counted.getValue(), unused, Long::sum);
      }
    } else if (telling > 0 && told < tellings) {
      unusedOfTelling += unused;
    } else {
      spent -= Math.min(spent, unused);
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

  /** Others would begin on what is not told yet. */
  @Override
  synchronized boolean isScarce() {
    return (spent > 0 || !back.isEmpty()) && left < amount / 4;
  }

  @Override
  boolean isUnsettled(long now) {
    expire(now);
    return spent > 0 || !back.isEmpty();
  }

  @Override
  synchronized boolean isQuiet() {
    return granted == 0 && spent == 0 && back.isEmpty();
  }

  @Override
  Ask ask(long need, long least, long now) {
    expire(now);
    if (need > 0 && granted < least) {
      if (used > 0 && now - grantUntil < 0) {
        batch = Math.min(MAX_BATCH, batch * 2);
      }
      if (granted > 0) {
        giveBack();
      }
    }
    // What was spent longer ago than a window is over.
    telling = Math.min(spent, own.used(now));
    spent = 0;
    tellings++;
    SortedMap<Long, Long> gives = back;
    back = new TreeMap<>();
    long want = need == 0 ? 0 : Math.max(need, batch);
    return new Ask.Window(key, amount, perMillis, need, want, telling, least, gives);
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
    if (telling > 0) {
      toldIn.put(tellings, answer.slice());
      if (toldIn.size() > MAX_TOLD) {
        toldIn.pollFirstEntry();
      }
      if (unusedOfTelling > 0) {
        back.merge(answer.slice(), unusedOfTelling, Long::sum);
      }
    }
    told();
    untold = tellings;
  }

  private void told() {
    telling = 0;
    unusedOfTelling = 0;
  }

  /** What was told is told again: it may count twice, and never not at all. */
  @Override
  void lost() {
    spent += Math.max(0, telling - unusedOfTelling);
    told();
  }

  /** Nobody uses that grant, and what was told is told again. */
  @Override
  synchronized void answeredLate(Ask ask, Ask.Answer answer) {
    if (ask instanceof Ask.Window window) {
      back.merge(answer.slice(), answer.granted() + window.spent(), Long::sum);
    }
  }

  @Override
  long refusedNanos(Ask.Answer answer) {
    return TimeUnit.MILLISECONDS.toNanos(Math.clamp(answer.lessMillis(), 1, MAX_REFUSED_MILLIS));
  }
}
