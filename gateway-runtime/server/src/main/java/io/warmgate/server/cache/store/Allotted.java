package io.warmgate.server.cache.store;

import io.vertx.redis.client.Response;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.log.LogKeys;
import io.warmgate.server.exchange.Observer;
import io.warmgate.server.exchange.Observer.Event;
import org.jspecify.annotations.Nullable;

/**
 * What the partition that a key belongs to may take of Redis, and where Redis counts it.
 *
 * @param name of the count
 */
record Allotted(String name, RedisShare share) {
  /** Null where the key is everybody's. */
  static @Nullable Allotted of(
      CacheKey key, LogKeys keys, String epoch, EntryCodec codec, RedisShare share) {
    String partition = key.partition();
    return partition == null
        ? null
        : new Allotted(keys.share(epoch, codec.called(partition)), share);
  }

  /** As scripts count. */
  static long units(long bytes) {
    return bytes / ShareScripts.UNIT;
  }

  static long nowSeconds() {
    return System.currentTimeMillis() / 1_000;
  }

  /** What a script's answer says; what had to leave is counted. */
  boolean wasKept(@Nullable Response answer, Observer observer) {
    int said = answer == null ? 0 : answer.toInteger();
    for (int i = 1; i < said; i++) {
      observer.happened(Event.REDIS_SHARE);
    }
    if (said == ShareScripts.UNCOUNTED) {
      share.mayNotCount();
    }
    return said > 0 || said == ShareScripts.UNCOUNTED;
  }
}
