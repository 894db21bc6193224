package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.cache.store.ChunkShelf;
import io.warmgate.server.cache.store.SharedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What goes to Redis of a body while it arrives: nothing while it is small enough to lie with its
 * entry, chunks beyond. The source waits for Redis where that is slower, but not for long: clients
 * read along. Confined to the source's event loop.
 */
final class Intake {
  /** All waiting for Redis may take so long, and besides as long as the body takes itself. */
  private static final long PATIENCE_MILLIS = 100;

  /** Others may wait for the end of a body that is this near. */
  private static final long NEAR_MILLIS = 1_000;

  private final Context context = Vertx.currentContext();
  private final Layers layers;
  private final CacheKey key;
  private final Fence fence;
  private final Valve valve;
  private final long sinceNanos = System.nanoTime();
  private final List<Buffer> small = new ArrayList<>();
  private @Nullable ChunkWriter writer;
  private long total;
  private boolean holding;

  /** Nobody else in this pod writes under the key. */
  private boolean alone;

  /** Nothing more goes to Redis. */
  private boolean over;

  private long timer;
  private long heldSinceNanos;
  private long heldNanos;

  /**
   * @param key that it is to lie under
   * @param fence of the fetch
   * @param valve of the source
   */
  Intake(Layers layers, CacheKey key, Fence fence, Valve valve) {
    this.layers = layers;
    this.key = key;
    this.fence = fence;
    this.valve = valve;
  }

  void add(Buffer part) {
    total += part.length();
    if (writer != null) {
      writer.add(part);
      pace();
    } else if (!over) {
      small.add(part);
      if (total > SharedStore.LARGEST_WHOLE) {
        begin();
      }
    }
  }

  private void begin() {
    ChunkShelf shelf = layers.beginWriting(key, fence);
    if (shelf == null) {
      over = true;
    } else {
      alone = true;
      ChunkWriter begun = new ChunkWriter(shelf, this::pace);
      writer = begun;
      small.forEach(begun::add);
      pace();
    }
    small.clear();
  }

  /** Of the body so far, in bytes. */
  long total() {
    return total;
  }

  /** Whether the body is going to Redis, in chunks. */
  boolean isWriting() {
    return writer != null && !writer.isGivenUp();
  }

  /** Whether who asks now should wait until the whole is in Redis. */
  boolean isNear(long declaredLength) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
    return isWriting() && isNear(total, declaredLength, millis);
  }

  /**
   * @param declared the whole's length, less than {@code total}: not known
   * @param millis that the body took so far
   */
  static boolean isNear(long total, long declared, long millis) {
    return declared >= total && millis * (declared - total) <= NEAR_MILLIS * total;
  }

  /** The body is whole; fails where it did not get to Redis. */
  Future<ChunkedBody> end() {
    return writer == null ? Future.failedFuture("not in chunks") : writer.end();
  }

  /** The body is not for keeping after all. */
  void giveUp() {
    over = true;
    small.clear();
    if (writer != null) {
      writer.giveUp();
      leave();
    }
  }

  private void leave() {
    if (alone) {
      alone = false;
      layers.endWriting(key);
    }
  }

  /**
   * The body has its head in Redis, or not.
   *
   * @param kept whether it has
   */
  void done(boolean kept) {
    if (writer != null) {
      if (!kept) {
        writer.drop();
      }
      leave();
    }
  }

  private void pace() {
    if (writer != null && writer.isGivenUp()) {
      leave();
    }
    boolean full = writer != null && writer.isFull();
    if (full && !holding) {
      holding = true;
      heldSinceNanos = System.nanoTime();
      timer = context.owner().setTimer(patience(heldSinceNanos), _ -> giveUp());
      valve.hold();
    } else if (!full && holding) {
      holding = false;
      heldNanos += System.nanoTime() - heldSinceNanos;
      context.owner().cancelTimer(timer);
      valve.release();
    }
  }

  private long patience(long now) {
    long flowed = now - sinceNanos - heldNanos;
    return Math.max(1, PATIENCE_MILLIS + TimeUnit.NANOSECONDS.toMillis(flowed - heldNanos));
  }
}
