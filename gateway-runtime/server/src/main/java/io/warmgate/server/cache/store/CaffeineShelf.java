package io.warmgate.server.cache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.store.LocalStore.Held;
import io.warmgate.server.cache.store.LocalStore.Left;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** W-TinyLFU, by Caffeine (Einziger, Friedman, Manes, ACM TOS 2017). */
final class CaffeineShelf implements Shelf {
  private final Cache<CacheKey, Held> held;
  private final Consumer<Left> left;
  private final Owners owners = new Owners();
  private final Policy.VarExpiration<CacheKey, Held> expiry;

  CaffeineShelf(long maxBytes, LongSupplier nanos, Consumer<Left> left) {
    this.left = left;
    this.held =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((CacheKey key, Held value) -> value.weight(key))
            .expireAfter(
                Expiry.<CacheKey, Held>writing(
                    (_, value) -> Duration.ofMillis(Math.max(1, value.retentionMillis()))))
            .ticker(nanos::getAsLong)
            .executor(Runnable::run)
            .removalListener((_, value, cause) -> tell(value, cause))
            .build();
    this.expiry = held.policy().expireVariably().orElseThrow();
  }

  /** By the thread that removed it, once for each slot, when it can no longer be found. */
  private void tell(@Nullable Held value, RemovalCause cause) {
    if (value != null) {
      owners.removed(value);
    }
    switch (cause) {
      case SIZE -> left.accept(Left.SIZE);
      case EXPIRED -> left.accept(Left.TTL);
      // What is removed is told of where it is removed.
      case EXPLICIT, REPLACED, COLLECTED -> {}
    }
  }

  @Override
  public @Nullable Held get(CacheKey key) {
    return held.getIfPresent(key);
  }

  @Override
  public @Nullable Held peek(CacheKey key) {
    return held.policy().getIfPresentQuietly(key);
  }

  @Override
  public void put(CacheKey key, Held value) {
    held.asMap()
        .compute(
            key,
            (_, before) -> {
              if (before != null && (value.isSame(before) || value.isOlderThan(before))) {
                return before;
              }
              owners.added(key, value);
              return value;
            });
  }

  @Override
  public void move(CacheKey key, Held value, long remainingMillis) {
    owners.added(key, value);
    Duration remaining = Duration.ofMillis(Math.max(1, remainingMillis));
    if (expiry.putIfAbsent(key, value, remaining) != null) {
      owners.removed(value);
    }
  }

  @Override
  public void remove(CacheKey key, Held value, Left why) {
    if (held.asMap().remove(key, value)) {
      left.accept(why);
    }
  }

  @Override
  public void take(CacheKey key, Held value) {
    held.asMap().remove(key, value);
  }

  @Override
  public OptionalLong remainingMillis(CacheKey key) {
    return expiry.getExpiresAfter(key, TimeUnit.MILLISECONDS);
  }

  @Override
  public Iterable<Map.Entry<CacheKey, Held>> all() {
    return held.asMap().entrySet();
  }

  @Override
  public void tidy() {
    held.cleanUp();
  }

  @Override
  public Owners owners() {
    return owners;
  }

  @Override
  public void resize(long bytes) {
    held.policy().eviction().orElseThrow().setMaximum(bytes);
  }

  @Override
  public long bytes() {
    return held.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }

  @Override
  public long entries() {
    return held.estimatedSize();
  }
}
