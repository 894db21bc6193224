package io.warmgate.server.cache.store;

import io.warmgate.config.LocalEviction;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.store.LocalStore.Held;
import io.warmgate.server.cache.store.LocalStore.Left;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slots in memory under one policy of eviction: bounded in bytes, gone when their retention ends,
 * used by many threads at once. What leaves is told by cause, what is replaced is not.
 */
sealed interface Shelf permits CaffeineShelf, OrderedShelf {

  /**
   * @param maxBytes 0 keeps nothing
   * @param nanos the time, as {@link System#nanoTime} tells it
   */
  static Shelf of(LocalEviction eviction, long maxBytes, LongSupplier nanos, Consumer<Left> left) {
    return switch (eviction) {
      case TINY_LFU -> new CaffeineShelf(maxBytes, nanos, left);
      case LRU -> new OrderedShelf(maxBytes, nanos, left, new RecencyOrder());
      case LFU -> new OrderedShelf(maxBytes, nanos, left, new FrequencyOrder());
      case FIFO -> new OrderedShelf(maxBytes, nanos, left, new ArrivalOrder());
      case RANDOM -> new OrderedShelf(maxBytes, nanos, left, new RandomOrder(nanos.getAsLong()));
      case TTL -> new OrderedShelf(maxBytes, nanos, left, new DeadlineOrder());
    };
  }

  /** A use of it. */
  @Nullable Held get(CacheKey key);

  /** No use of it. */
  @Nullable Held peek(CacheKey key);

  /** Keeps a slot, unless one is kept whose request was sent later. */
  void put(CacheKey key, Held value);

  /** Keeps a slot that comes from another shelf for the rest of its time, unless one is kept. */
  void move(CacheKey key, Held value, long remainingMillis);

  /** Removes that very slot, for that cause; of another one it does nothing. */
  void remove(CacheKey key, Held value, Left why);

  /** The same without a word: it is on another shelf now. */
  void take(CacheKey key, Held value);

  /** How long it is kept yet; empty where it is not. */
  OptionalLong remainingMillis(CacheKey key);

  /** In no order; looking at it is no use of it. */
  Iterable<Map.Entry<CacheKey, Held>> all();

  /** Drops what has no time left, or some of it: as much as nobody waits for. */
  void tidy();

  /** Whom its slots belong to. */
  Owners owners();

  /** Another bound: what is over it is evicted. */
  void resize(long bytes);

  /** Sum of the weights ({@link Held#weight}). */
  long bytes();

  long entries();
}
