package io.warmgate.server.cache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.warmgate.httpcache.entry.Slot;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.purge.Position;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * L1: slots in this pod's memory, bounded in bytes, evicted by W-TinyLFU (Caffeine), gone at the
 * latest when they are of no more use.
 */
public final class LocalStore {
  /** An entry may take this share of the whole: one answer must not push out all others. */
  private static final int LARGEST_SHARE = 8;

  private final Cache<CacheKey, Held> held;
  private volatile long maxBytes;

  /**
   * A slot in memory.
   *
   * @param sent the pod's own count of purges when the request was sent that brought it
   * @param head of the answers out of the slot
   */
  public record Held(Slot slot, Position sent, long retentionMillis, HitHead head) {
    public Held(Slot slot, Position sent, long retentionMillis) {
      this(slot, sent, retentionMillis, new HitHead());
    }
  }

  /**
   * @param maxBytes 0 keeps nothing
   */
  public LocalStore(long maxBytes) {
    this.maxBytes = maxBytes;
    this.held =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher(LocalStore::weight)
            .expireAfter(
                Expiry.<CacheKey, Held>writing(
                    (_, value) ->
                        java.time.Duration.ofMillis(Math.max(1, value.retentionMillis()))))
            .executor(Runnable::run)
            .recordStats()
            .build();
  }

  public @Nullable Held get(CacheKey key) {
    return held.getIfPresent(key);
  }

  /** Keeps a slot, unless one is kept whose request was sent later. */
  public void put(CacheKey key, Held value) {
    held.asMap().merge(key, value, (before, now) -> isOlder(now, before) ? before : now);
  }

  public void remove(CacheKey key, Held value) {
    held.asMap().remove(key, value);
  }

  /** Largest body worth keeping, in bytes. */
  public long largestBody() {
    return maxBytes / LARGEST_SHARE;
  }

  /** Another bound: what is over it is evicted. */
  public void resize(long bytes) {
    maxBytes = bytes;
    held.policy().eviction().ifPresent(eviction -> eviction.setMaximum(bytes));
  }

  /** What {@link #bytes} is bounded by. */
  public long maxBytes() {
    return maxBytes;
  }

  public long entries() {
    return held.estimatedSize();
  }

  /** An estimate, in bytes. */
  public long bytes() {
    return held.policy().eviction().map(e -> e.weightedSize().orElse(0)).orElse(0L);
  }

  /** How many were pushed out for want of room. */
  public long evictions() {
    return held.stats().evictionCount();
  }

  private static boolean isOlder(Held now, Held before) {
    int bySent = now.sent().compareTo(before.sent());
    if (bySent != 0) {
      return bySent < 0;
    }
    return now.slot() instanceof StoredResponse mine
        && before.slot() instanceof StoredResponse theirs
        && mine.validity().requestMillis() < theirs.validity().requestMillis();
  }

  private static int weight(CacheKey key, Held value) {
    long weight =
        switch (value.slot()) {
          case StoredResponse response -> response.weight() + HitHead.weight(response.fields());
          case VariantIndex index ->
              256L
                  + key.material().length()
                  + 40L * (index.names().size() + index.variants().size());
        };
    return (int) Math.min(Integer.MAX_VALUE, weight + 128);
  }

  /** Retention that covers every unit of {@link TimeUnit} without overflow. */
  static final long MAX_RETENTION_MILLIS = TimeUnit.DAYS.toMillis(365);
}
