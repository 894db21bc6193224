package io.warmgate.server.cache;

import io.vertx.core.buffer.Buffer;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.store.LocalStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that are being copied into memory while they are streamed out of Redis: one at a time of
 * each, and together no more than a share of the memory for entries, however slow their readers.
 */
final class Copies {
  private static final int SHARE = 4;

  private final LocalStore local;
  private final ConcurrentMap<CacheKey, Boolean> running = new ConcurrentHashMap<>();
  private final AtomicLong held = new AtomicLong();

  Copies(LocalStore local) {
    this.local = local;
  }

  /**
   * @param length of the body, in bytes
   * @param whole takes it, once it is
   * @return null where it is not copied: too large, or copied already
   */
  @Nullable Copy begin(CacheKey key, int length, Consumer<Bytes> whole) {
    if (length > local.largestBody()) {
      return null;
    }
    if (running.putIfAbsent(key, Boolean.TRUE) != null) {
      return null;
    }
    if (held.addAndGet(length) > local.maxBytes() / SHARE) {
      over(key, length);
      return null;
    }
    return new Copy(key, length, whole);
  }

  private void over(CacheKey key, int length) {
    running.remove(key);
    held.addAndGet(-length);
  }

  /** One body. */
  final class Copy {
    private final CacheKey key;
    private final int length;
    private final Consumer<Bytes> whole;
    private final byte[] bytes;
    private int at;
    private boolean left;

    private Copy(CacheKey key, int length, Consumer<Bytes> whole) {
      this.key = key;
      this.length = length;
      this.whole = whole;
      this.bytes = new byte[length];
    }

    void add(Buffer part) {
      if (!left) {
        part.getBytes(bytes, at);
        at += part.length();
        if (at == length) {
          leave();
          whole.accept(Bytes.of(bytes));
        }
      }
    }

    /** No more comes. Idempotent. */
    void leave() {
      if (!left) {
        left = true;
        over(key, length);
      }
    }
  }
}
