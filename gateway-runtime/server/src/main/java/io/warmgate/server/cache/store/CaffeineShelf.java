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
            .removalListener((_, _, cause) -> tell(cause))
            .build();
    this.expiry = held.policy().expireVariably().orElseThrow();
  }

  private void tell(RemovalCause cause) {
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
    held.asMap().merge(key, value, (before, now) -> now.isOlderThan(before) ? before : now);
  }

  @Override
  public void move(CacheKey key, Held value, long remainingMillis) {
    var _ = expiry.putIfAbsent(key, value, Duration.ofMillis(Math.max(1, remainingMillis)));
  }

  @Override
  public void remove(CacheKey key, Held value) {
    if (held.asMap().remove(key, value)) {
      left.accept(Left.PURGE);
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
