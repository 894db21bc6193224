package io.warmgate.server.cache;

import io.warmgate.config.CacheShare;
import io.warmgate.server.cache.redis.RealRedis;

/** The same on a Redis where the gateway may do what it has to, and so is told its share. */
class CacheShareAsUserIT extends CacheShareIT {
  @Override
  RealRedis redis() {
    return RealRedis.asUser("uid-1");
  }

  @Override
  CacheShare share() {
    return CacheShare.ofBytes(16 << 20);
  }
}
