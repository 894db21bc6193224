package io.warmgate.server.cache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.Slot;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.purge.Position;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * L1: slots in this pod's memory, bounded in bytes, evicted by W-TinyLFU (Caffeine), gone at the
 * latest when they are of no more use.
 */
public final class LocalStore {
  /** An entry may take this share of the whole: one answer must not push out all others. */
  private static final int LARGEST_SHARE = 8;

  private final Cache<CacheKey, Held> held;
  private final Map<Left, LongAdder> left =
      Map.of(Left.SIZE, new LongAdder(), Left.TTL, new LongAdder(), Left.PURGE, new LongAdder());
  private volatile long maxBytes;

  /**
   * A slot in memory.
   *
   * @param sent the pod's own count of purges when the request was sent that brought it
   * @param primary the key that requests are looked up by first
   * @param head of the answers out of the slot
   */
  public record Held(
      Slot slot, Position sent, long retentionMillis, CacheKey primary, HitHead head) {
    public Held(Slot slot, Position sent, long retentionMillis, CacheKey primary) {
      this(slot, sent, retentionMillis, primary, new HitHead());
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
            .removalListener((_, _, cause) -> count(cause))
            .build();
  }

  public @Nullable Held get(CacheKey key) {
    return held.getIfPresent(key);
  }

  /** The same for whoever only looks: it counts as no use, and as no reason to keep it. */
  public @Nullable Held peek(CacheKey key) {
    return held.policy().getIfPresentQuietly(key);
  }

  /** Keeps a slot, unless one is kept whose request was sent later. */
  public void put(CacheKey key, Held value) {
    held.asMap().merge(key, value, (before, now) -> isOlder(now, before) ? before : now);
  }

  /**
   * Makes another slot of what is kept under a key, as one step.
   *
   * @param change is given null where nothing is kept, and must not look into this store
   * @return what is kept then
   */
  public Held change(CacheKey key, Function<@Nullable Held, Held> change) {
    return held.asMap().compute(key, (_, before) -> change.apply(before));
  }

  /** What is kept now, in no order; looking at it is no use of it. */
  public Set<Map.Entry<CacheKey, Held>> all() {
    return held.asMap().entrySet();
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

  /** Why entries leave. */
  public enum Left {
    /** For want of room. */
    SIZE("size"),
    /** They were of no more use: beyond their lifetime and every stale window. */
    TTL("ttl"),
    /** A purge named them, or the origin said that they are wrong. */
    PURGE("purge");

    private final String label;

    Left(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** How many left for that cause. */
  public long left(Left why) {
    return Objects.requireNonNull(left.get(why)).sum();
  }

  private void count(RemovalCause cause) {
    switch (cause) {
      case SIZE -> count(Left.SIZE);
      case EXPIRED -> count(Left.TTL);
      case EXPLICIT -> count(Left.PURGE);
      case REPLACED, COLLECTED -> {}
    }
  }

  private void count(Left why) {
    Objects.requireNonNull(left.get(why)).increment();
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
          case PartialResponse partial -> partial.weight() + HitHead.weight(partial.fields());
          case VariantIndex index ->
              256L
                  + key.material().length()
                  + 40L * (index.names().size() + index.variants().size());
        };
    long primary = value.primary().equals(key) ? 0 : value.primary().material().length();
    return (int) Math.min(Integer.MAX_VALUE, weight + primary + 128);
  }

  /** Retention that covers every unit of {@link TimeUnit} without overflow. */
  static final long MAX_RETENTION_MILLIS = TimeUnit.DAYS.toMillis(365);
}
