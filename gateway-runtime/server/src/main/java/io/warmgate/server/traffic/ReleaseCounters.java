package io.warmgate.server.traffic;

import io.warmgate.config.admin.ClientTraffic;
import io.warmgate.config.admin.Miss;
import io.warmgate.config.admin.OriginTraffic;
import io.warmgate.config.admin.ReleaseTraffic;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what one release of a rule answers. A hit costs one addition that event loops share. */
public final class ReleaseCounters {
  private final String generation;
  private final long since;
  private final LongAdder passed = new LongAdder();
  private final LongAdder fresh = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final LongAdder coalesced = new LongAdder();
  private final LongAdder exchanges = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final EnumMap<Miss, LongAdder> misses = new EnumMap<>(Miss.class);
  private final LongAdder expiredLifetimes = new LongAdder();
  private final LongAdder expiredAges = new LongAdder();
  private final Map<String, LongAdder> notStored = new ConcurrentHashMap<>(0);
  private final LatencyCounts latency = new LatencyCounts();

  /**
   * @param since the pod's uptime, in milliseconds
   */
  ReleaseCounters(String generation, long since) {
    this.generation = generation;
    this.since = since;
    for (Miss miss : Miss.values()) {
      misses.put(miss, new LongAdder());
    }
  }

  boolean is(String other) {
    return generation.equals(other);
  }

  /** No cache can answer it. */
  public void passed() {
    passed.increment();
  }

  /** Answered by a fresh entry. */
  public void fresh() {
    fresh.increment();
  }

  /** Answered by a stale entry. */
  public void stale() {
    stale.increment();
  }

  /** Answered by another request's fetch. */
  public void coalesced() {
    coalesced.increment();
  }

  /** A cacheable request that no cache answered. */
  public void missed(Missed missed) {
    of(missed.why()).increment();
    if (missed.why() == Miss.EXPIRED) {
      expiredLifetimes.add(missed.lifetimeMillis());
      expiredAges.add(missed.ageMillis());
    }
  }

  /**
   * The same, since the origin's answer is none to be kept.
   *
   * @param token why: of a closed set
   */
  public void uncacheable(String token) {
    of(Miss.UNCACHEABLE).increment();
    notStored.computeIfAbsent(token, _ -> new LongAdder()).increment();
  }

  /**
   * The origin answered an exchange.
   *
   * @param nanos from the first try to the answer's head
   */
  public void answered(int status, long nanos) {
    exchanges.increment();
    latency.add(nanos);
    if (status >= 500) {
      errors.increment();
    }
  }

  /** The origin gave no answer to an exchange. */
  public void unanswered() {
    exchanges.increment();
    errors.increment();
  }

  private LongAdder of(Miss why) {
    return Objects.requireNonNull(misses.get(why));
  }

  ReleaseTraffic read() {
    SortedMap<Miss, Long> missed = new TreeMap<>();
    misses.forEach((miss, count) -> missed.put(miss, count.sum()));
    SortedMap<String, Long> tokens = new TreeMap<>();
    notStored.forEach((token, count) -> tokens.put(token, count.sum()));
    return new ReleaseTraffic(
        generation,
        since,
        new ClientTraffic(
            passed.sum(),
            fresh.sum(),
            stale.sum(),
            coalesced.sum(),
            missed,
            tokens,
            new ClientTraffic.Expired(expiredLifetimes.sum(), expiredAges.sum())),
        new OriginTraffic(exchanges.sum(), errors.sum(), latency.read()));
  }
}
