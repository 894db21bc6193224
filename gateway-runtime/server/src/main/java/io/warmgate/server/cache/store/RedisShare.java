package io.warmgate.server.cache.store;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.warmgate.config.CacheShare;
import io.warmgate.server.cache.redis.RedisLink;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a partition may take of a Redis. Of which Redis is asked itself ({@code maxmemory}), by who
 * is about to store something, and again after a while. Where it has no bound, or does not say,
 * percent of it are none either.
 */
public final class RedisShare {
  private static final Logger LOG = LoggerFactory.getLogger(RedisShare.class);

  /** Nobody is held to one. */
  static final long UNBOUNDED = Long.MAX_VALUE;

  private static final long ASKED_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long ANSWER_MILLIS = 1_000;
  private static final Pattern MAX_MEMORY = Pattern.compile("(?m)^maxmemory:(\\d{1,18})\\s*$");

  private final CacheShare share;
  private final RedisLink redis;
  private final AtomicBoolean warned = new AtomicBoolean();
  private volatile @Nullable Known known;

  private record Known(long bytes, long atNanos) {
    boolean isOld() {
      return System.nanoTime() - atNanos > ASKED_AGAIN_NANOS;
    }
  }

  public RedisShare(CacheShare share, RedisLink redis) {
    this.share = share;
    this.redis = redis;
  }

  /**
   * In bytes. On an event loop.
   *
   * @return fails where Redis is away and was never asked
   */
  Future<Long> bytes() {
    if (share.percent() == null) {
      return Future.succeededFuture(share.of(0));
    }
    if (share.boundsNobody()) {
      return Future.succeededFuture(UNBOUNDED);
    }
    Known last = known;
    if (last == null) {
      return ask();
    }
    if (last.isOld()) {
      known = new Known(last.bytes, System.nanoTime());
      ask();
    }
    return Future.succeededFuture(last.bytes);
  }

  /** The user that the pod is may not do what it takes. */
  void mayNotCount() {
    if (warned.compareAndSet(false, true)) {
      LOG.warn(
          "Redis does not let this user count what partitions have there, so that none is held to"
              + " its share; docs/redis.md has what it may do");
    }
  }

  private Future<Long> ask() {
    return redis
        .send(Request.cmd(Command.INFO).arg("memory"), ANSWER_MILLIS)
        .map(this::of)
        .recover(
            failure ->
                failure instanceof Response
                    ? Future.succeededFuture(UNBOUNDED)
                    : Future.failedFuture(failure))
        .onSuccess(bytes -> known = new Known(bytes, System.nanoTime()));
  }

  private long of(@Nullable Response info) {
    Matcher said = MAX_MEMORY.matcher(info == null ? "" : info.toString());
    long whole = said.find() ? Long.parseLong(said.group(1)) : 0;
    return whole == 0 ? UNBOUNDED : Math.max(1, share.of(whole));
  }
}
