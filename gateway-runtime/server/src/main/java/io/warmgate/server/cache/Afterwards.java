package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.log.Fence;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What is there after a fetch: in memory, else in Redis. What only Redis has room for is written
 * after its answer ended, so it is looked for more than once.
 */
final class Afterwards {
  private static final int LOOKS = 6;
  private static final long BETWEEN_MILLIS = 50;

  private final CachedRequest request;
  private final CacheKey primary;
  private final Context context =
      Objects.requireNonNull(Vertx.currentContext(), "on an event loop");

  Afterwards(CachedRequest request, CacheKey primary) {
    this.request = request;
    this.primary = primary;
  }

  Future<Found> look() {
    return look(LOOKS);
  }

  private Future<Found> look(int left) {
    Peek peek = request.parts().layers().peek();
    Found memory = peek.memory(primary, request.place(), request::selecting).found();
    if (memory.entry() != null) {
      return Future.succeededFuture(memory);
    }
    Fence fence = request.parts().log().purges().fence();
    return peek.redis(primary, fence, request.place(), request::selecting)
        .compose(
            redis ->
                redis.found().entry() != null || left == 1
                    ? Future.succeededFuture(redis.found())
                    : context
                        .owner()
                        .timer(BETWEEN_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(_ -> look(left - 1)));
  }
}
