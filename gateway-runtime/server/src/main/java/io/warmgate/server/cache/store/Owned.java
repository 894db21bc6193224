package io.warmgate.server.cache.store;

import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.store.LocalStore.Held;
import org.jspecify.annotations.Nullable;

/**
 * A slot's place among all that its {@link Owner} has on one shelf. A slot that is on two shelves
 * has two; as values they are one, so that it is still the slot that is compared.
 */
public final class Owned {
  /** Of the place, and of what an owner takes that has nothing else: an estimate, in bytes. */
  static final int WEIGHT = 192;

  /** Since it was last passed over for eviction. A lost one costs nothing but accuracy. */
  private volatile boolean used;

  /** Null: in no place. Changed by an owner under its lock, as the rest is. */
  volatile @Nullable Owner owner;

  @Nullable CacheKey key;
  @Nullable Held held;
  int weight;
  @Nullable Owned before;
  @Nullable Owned after;

  /** A hit writes once between two evictions, however often it comes. */
  void use() {
    if (!used) {
      used = true;
    }
  }

  /** Whether it was used; not any more. */
  boolean useUp() {
    boolean was = used;
    used = false;
    return was;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Owned;
  }

  @Override
  public int hashCode() {
    return 1;
  }
}
