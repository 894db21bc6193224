package io.warmgate.server.cache.store;

import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.log.LogKeys;
import io.warmgate.server.cache.redis.RedisLink;
import io.warmgate.server.exchange.Observer;

/**
 * Where the chunks of large bodies lie in Redis.
 *
 * @param redis connections that nothing else uses
 * @param share what a partition may take
 */
public record SharedChunks(
    RedisLink redis, LogKeys keys, EntryCodec codec, Observer observer, RedisShare share) {

  /** Those of one entry. */
  public ChunkShelf shelf(String epoch, CacheKey key) {
    return new ChunkShelf(
        redis,
        codec,
        observer,
        keys.entries(epoch) + key.hex(),
        Allotted.of(key, keys, epoch, codec, share));
  }
}
