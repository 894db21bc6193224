package io.warmgate.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.warmgate.httpcache.entry.SearchIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.SearchVariance;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.cache.store.LocalStore;
import io.warmgate.server.cache.store.LocalStore.Held;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The {@link SearchIndex} of each path whose answers say {@code No-Vary-Search}, in both layers.
 */
final class SearchIndexes {
  /** It outlives its answers, so that who comes when they have ended waits for one fetch. */
  private static final long LEAST_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** How long a copy of what is in Redis is used. */
  private static final long COPY_MILLIS = TimeUnit.MINUTES.toMillis(1);

  /**
   * How long Redis is not asked again where it had none: each miss would cost a round trip more.
   */
  private static final Duration NONE = Duration.ofSeconds(10);

  private final LocalStore local;
  private final Layers layers;
  private final Cache<CacheKey, Boolean> none =
      Caffeine.newBuilder()
          .maximumSize(10_000)
          .expireAfterWrite(NONE)
          .executor(Runnable::run)
          .build();

  SearchIndexes(LocalStore local, Layers layers) {
    this.local = local;
    this.layers = layers;
  }

  /**
   * What this pod's memory has.
   *
   * @return null: nothing
   */
  @Nullable SearchIndex inMemory(CacheKey key) {
    Held held = local.get(key);
    return held != null && held.slot() instanceof SearchIndex index ? index : null;
  }

  /** The same, or what Redis has, unless that had nothing a moment ago. */
  Future<@Nullable SearchIndex> find(CacheKey key, Fence fence) {
    return none.getIfPresent(key) == null ? findNow(key, fence) : known(key);
  }

  /** The same, for who knows that another pod has just stored something. */
  Future<@Nullable SearchIndex> findNow(CacheKey key, Fence fence) {
    return inMemory(key) == null
        ? layers
            .slotInRedis(key, fence)
            .map(slot -> slot instanceof SearchIndex index ? copied(key, index, fence) : none(key))
        : known(key);
  }

  private Future<@Nullable SearchIndex> known(CacheKey key) {
    return Future.succeededFuture(inMemory(key));
  }

  private SearchIndex copied(CacheKey key, SearchIndex index, Fence fence) {
    local.put(key, new Held(index, fence.local(), COPY_MILLIS, key));
    return index;
  }

  private @Nullable SearchIndex none(CacheKey key) {
    none.put(key, true);
    return null;
  }

  /** An answer that says so is being kept for so long. */
  void learn(CacheKey key, SearchVariance variance, Fence fence, long retentionMillis) {
    SearchIndex before = inMemory(key);
    SearchIndex index =
        before == null ? new SearchIndex(key.material(), List.of(variance)) : before.with(variance);
    long retention = Math.max(retentionMillis, LEAST_MILLIS);
    none.invalidate(key);
    local.put(key, new Held(index, fence.local(), retention, key));
    layers.keepShared(key, index, fence, retention);
  }
}
