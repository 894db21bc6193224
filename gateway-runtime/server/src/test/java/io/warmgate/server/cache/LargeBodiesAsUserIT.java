package io.warmgate.server.cache;

import io.warmgate.server.cache.redis.RealRedis;

/** The same on a Redis where the gateway may do what it has to, and no more. */
class LargeBodiesAsUserIT extends LargeBodiesIT {
  @Override
  RealRedis redis() {
    return RealRedis.asUser("uid-1");
  }
}
