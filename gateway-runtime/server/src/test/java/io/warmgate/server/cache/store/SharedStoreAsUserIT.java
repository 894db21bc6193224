package io.warmgate.server.cache.store;

import io.warmgate.server.cache.redis.RealRedis;

/** The same on a Redis where the gateway may do what it has to, and no more. */
class SharedStoreAsUserIT extends SharedStoreIT {
  @Override
  RealRedis redis() {
    return RealRedis.asUser("u");
  }
}
