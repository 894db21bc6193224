package io.warmgate.server.warm;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.warmgate.server.cache.HotShelf;
import io.warmgate.server.cache.HttpCache;
import io.warmgate.server.hot.HotView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Adds what this pod is asked most for to what its gateway's pods tell each other by way of Redis,
 * every so often. Two that write at once lose what one of them said, until it says it again.
 */
public final class HotShare implements AutoCloseable {
  private static final long EVERY_MILLIS = 10_000;

  private final HttpCache cache;
  private final Context context;
  private volatile boolean closed;

  public HotShare(Vertx vertx, HttpCache cache) {
    this.cache = cache;
    this.context = ((VertxInternal) vertx).createEventLoopContext();
  }

  public HotShare start() {
    context.runOnContext(_ -> later());
    return this;
  }

  /** With chance, so that pods that began together do not write together. */
  private void later() {
    long wait = EVERY_MILLIS / 2 + ThreadLocalRandom.current().nextLong(EVERY_MILLIS);
    context
        .owner()
        .setTimer(
            wait,
            _ -> {
              if (!closed) {
                share().onComplete(_ -> later());
              }
            });
  }

  /** Once, now. Called on any thread; fails where Redis is away. */
  Future<Void> now() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> share().onComplete(done));
    return done.future();
  }

  private Future<Void> share() {
    HotShelf shelf = cache.shelf();
    if (!shelf.isTrusted()) {
      return Future.succeededFuture();
    }
    return cache
        .hot()
        .views(System.currentTimeMillis())
        .compose(own -> own.isEmpty() ? Future.succeededFuture() : add(shelf, own));
  }

  private Future<Void> add(HotShelf shelf, List<HotView> own) {
    return shelf
        .read()
        .compose(before -> context.executeBlocking(() -> merged(before, own), false))
        .compose(shelf::write);
  }

  private static byte[] merged(Optional<byte[]> before, List<HotView> own) {
    return before.map(SharedHot::read).orElse(SharedHot.NONE).with(own).write();
  }

  @Override
  public void close() {
    closed = true;
  }
}
