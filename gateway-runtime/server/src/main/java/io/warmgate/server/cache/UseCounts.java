package io.warmgate.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.warmgate.httpcache.key.CacheKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often what is not kept yet was asked for, each within a window that begins with its first
 * request. Bounded: what is asked for least is forgotten first. This pod's alone.
 */
final class UseCounts {
  /** Of some hundred bytes each. */
  private static final int KEYS = 50_000;

  /** By the first 64 bits of the key's digest: two that share them are kept a little sooner. */
  private final Cache<Long, Count> counts;

  /**
   * @param clock nanoseconds
   */
  UseCounts(Ticker clock) {
    counts =
        Caffeine.newBuilder()
            .maximumSize(KEYS)
            .expireAfter(
                Expiry.<Long, Count>creating((_, count) -> Duration.ofMillis(count.windowMillis())))
            .ticker(clock)
            .executor(Runnable::run)
            .build();
  }

  private record Count(AtomicInteger uses, long windowMillis) {}

  /** One more request for it. */
  void used(CacheKey key, long windowMillis) {
    counts
        .get(key.id(), _ -> new Count(new AtomicInteger(), windowMillis))
        .uses()
        .incrementAndGet();
  }

  /** So far, within its window. */
  int of(CacheKey key) {
    Count count = counts.getIfPresent(key.id());
    return count == null ? 0 : count.uses().get();
  }
}
