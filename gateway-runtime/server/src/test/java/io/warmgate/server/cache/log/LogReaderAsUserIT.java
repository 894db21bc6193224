package io.warmgate.server.cache.log;

import io.warmgate.server.cache.redis.RealRedis;

/** The same on a Redis where the gateway may do what it has to, and no more. */
class LogReaderAsUserIT extends LogReaderIT {
  @Override
  RealRedis redis() {
    return RealRedis.asUser("uid");
  }
}
