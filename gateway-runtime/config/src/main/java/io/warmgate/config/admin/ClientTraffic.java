package io.warmgate.config.admin;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of clients' requests.
 *
 * @param passed that no cache can answer: no policy, a method other than those it has, upgrades
 * @param fresh answered by a fresh entry
 * @param stale answered by a stale one, while it was revalidated or in place of an error
 * @param coalesced answered by a fetch that another request had begun, here or in another pod
 * @param misses all other cacheable requests, by why no cache answered them
 * @param notStored why answers of {@link Miss#UNCACHEABLE} were not kept: the tokens of {@code
 *     Cache-Status}
 * @param expired of {@link Miss#EXPIRED}: what was kept for them
 */
public record ClientTraffic(
    long passed,
    long fresh,
    long stale,
    long coalesced,
    SortedMap<Miss, Long> misses,
    SortedMap<String, Long> notStored,
    Expired expired) {

  public static final ClientTraffic NONE =
      new ClientTraffic(0, 0, 0, 0, new TreeMap<>(), new TreeMap<>(), Expired.NONE);

  /**
   * Sums over requests.
   *
   * @param lifetimeMillis for how long what was kept was fresh
   * @param ageMillis how old it was when it was asked for
   */
  public record Expired(long lifetimeMillis, long ageMillis) {
    static final Expired NONE = new Expired(0, 0);

    Expired plus(Expired other) {
      return new Expired(lifetimeMillis + other.lifetimeMillis, ageMillis + other.ageMillis);
    }

    Expired minus(Expired before) {
      return new Expired(
          Math.max(0, lifetimeMillis - before.lifetimeMillis),
          Math.max(0, ageMillis - before.ageMillis));
    }
  }

  public ClientTraffic {
    misses = Counts.of(misses);
    notStored = Counts.of(notStored);
  }

  /** Answered without the request going to the origin, or in spite of what that said. */
  public long hits() {
    return fresh + stale + coalesced;
  }

  /** Not answered by a cache, though they could have been. */
  public long missed() {
    return misses.values().stream().mapToLong(Long::longValue).sum();
  }

  public long missed(Miss why) {
    return misses.getOrDefault(why, 0L);
  }

  /** Requests that a cache may answer: of these the hit ratio is. */
  public long cacheable() {
    return hits() + missed();
  }

  public long requests() {
    return passed + cacheable();
  }

  public ClientTraffic plus(ClientTraffic other) {
    return new ClientTraffic(
        passed + other.passed,
        fresh + other.fresh,
        stale + other.stale,
        coalesced + other.coalesced,
        Counts.plus(misses, other.misses),
        Counts.plus(notStored, other.notStored),
        expired.plus(other.expired));
  }

  /** Since {@code before}; nothing is below zero, since counters are not read at one moment. */
  public ClientTraffic minus(ClientTraffic before) {
    return new ClientTraffic(
        Math.max(0, passed - before.passed),
        Math.max(0, fresh - before.fresh),
        Math.max(0, stale - before.stale),
        Math.max(0, coalesced - before.coalesced),
        Counts.minus(misses, before.misses),
        Counts.minus(notStored, before.notStored),
        expired.minus(before.expired));
  }
}
