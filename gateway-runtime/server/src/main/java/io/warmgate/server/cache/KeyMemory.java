package io.warmgate.server.cache;

import io.warmgate.config.admin.Miss;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.Age;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.traffic.Missed;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which keys had an answer kept lately, and until when it was fresh: so that a miss can say whether
 * the answer expired, was evicted, or never was. A table of fixed size (1 MiB) in which a key
 * replaces another of the same place: it forgets, and it takes one new key in a million for one
 * that it knows. Looked at by misses alone.
 *
 * <p>A place holds, from the top: 20 bits of the key's digest, the lifetime in seconds (18 bits),
 * and when it ends, in seconds since the table was made (26 bits).
 */
final class KeyMemory {
  private static final int INDEX_BITS = 17;
  private static final int TAG_BITS = 20;
  private static final int LIFETIME_BITS = 18;
  private static final int END_BITS = Long.SIZE - TAG_BITS - LIFETIME_BITS;
  private static final long MAX_LIFETIME = (1L << LIFETIME_BITS) - 1;

  /** In place of an end: the answer was wrong. */
  private static final long DROPPED = (1L << END_BITS) - 1;

  private final AtomicLongArray places = new AtomicLongArray(1 << INDEX_BITS);
  private final long beganMillis;

  KeyMemory(long nowMillis) {
    beganMillis = nowMillis;
  }

  /** An answer is kept under this key. */
  void kept(CacheKey key, Validity validity) {
    long end = validity.responseMillis() + validity.lifetimeMillis() - validity.initialAgeMillis();
    long seconds = Math.max(0, end - beganMillis) / 1_000 + 1; // what ends within it is over
    put(
        key.id(),
        Math.min(MAX_LIFETIME, Math.ceilDiv(validity.lifetimeMillis(), 1_000)),
        Math.min(DROPPED - 1, seconds));
  }

  /** The answer under this key is wrong. */
  void dropped(CacheKey key) {
    put(key.id(), 0, DROPPED);
  }

  private void put(long id, long lifetime, long end) {
    places.set(index(id), (tag(id) << (LIFETIME_BITS + END_BITS)) | (lifetime << END_BITS) | end);
  }

  /** Why a lookup brought nothing that may be used without the origin. */
  Missed why(Found found, long nowMillis) {
    if (found.why() == Reason.PURGED) {
      return Missed.of(Miss.PURGED);
    }
    StoredResponse entry = found.entry();
    return entry == null ? why(found.key().id(), nowMillis) : expired(entry.validity(), nowMillis);
  }

  /** RFC 9111 §5.2.2.4: with {@code no-cache} it is never fresh, whatever its lifetime. */
  private static Missed expired(Validity validity, long nowMillis) {
    boolean never = validity.constraints().contains(Validity.Constraint.NO_CACHE);
    return new Missed(
        Miss.EXPIRED, never ? 0 : validity.lifetimeMillis(), Age.current(validity, nowMillis));
  }

  private Missed why(long id, long nowMillis) {
    long place = places.get(index(id));
    if (place == 0 || place >>> (LIFETIME_BITS + END_BITS) != tag(id)) {
      return Missed.of(Miss.FIRST_SEEN);
    }
    long end = place & DROPPED;
    if (end == DROPPED) {
      return Missed.of(Miss.PURGED);
    }
    long over = nowMillis - (beganMillis + (end - 1) * 1_000);
    if (over < 0) {
      return Missed.of(Miss.EVICTED);
    }
    long lifetime = ((place >>> END_BITS) & MAX_LIFETIME) * 1_000;
    return new Missed(Miss.EXPIRED, lifetime, lifetime + over);
  }

  private static int index(long id) {
    return (int) id & ((1 << INDEX_BITS) - 1);
  }

  private static long tag(long id) {
    return (id >>> INDEX_BITS) & ((1L << TAG_BITS) - 1);
  }
}
