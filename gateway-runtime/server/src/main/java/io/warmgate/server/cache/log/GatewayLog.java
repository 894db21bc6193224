package io.warmgate.server.cache.log;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.warmgate.config.Access;
import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.PurgeCount;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.server.Invalidation;
import io.warmgate.server.access.Revoked;
import io.warmgate.server.cache.redis.RedisAddress;
import io.warmgate.server.cache.redis.RedisAway;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The orders of this pod, and the log they come by where the gateway has a Redis. Which Redis may
 * change with a revision; what was ordered stays.
 */
public final class GatewayLog implements Invalidation, AutoCloseable {
  private final Vertx vertx;
  private final LogKeys keys;
  private final Purges purges = new Purges();
  private final LongSupplier heartbeatAgeMillis;
  private final WorkerExecutor counter;
  private volatile Function<PurgeRequest, PurgeCount> counts = _ -> PurgeCount.NONE;
  private volatile @Nullable LogReader reader;

  /**
   * @param heartbeatAgeMillis since the operator last spoke; {@code Long.MAX_VALUE} before
   */
  public GatewayLog(Vertx vertx, String gatewayUid, LongSupplier heartbeatAgeMillis) {
    this.vertx = vertx;
    this.keys = new LogKeys(gatewayUid);
    this.heartbeatAgeMillis = heartbeatAgeMillis;
    this.counter = vertx.createSharedWorkerExecutor("purge-count", 1);
  }

  public Purges purges() {
    return purges;
  }

  /** Who is no longer let in, for every request to ask. */
  public Revoked revoked() {
    return purges.revoked();
  }

  public LogKeys keys() {
    return keys;
  }

  /** Who says how much of this pod's memory a selection names; before, nothing is. */
  public void countBy(Function<PurgeRequest, PurgeCount> memory) {
    counts = memory;
  }

  /** Reads this Redis' log from now on; null: none. */
  public void use(@Nullable RedisAddress address) {
    LogReader before = reader;
    if (before != null) {
      before.close();
    }
    purges.forget();
    reader = address == null ? null : new LogReader(vertx, address, keys, purges).start();
  }

  /**
   * How long no invalidation channel has lived: neither the log nor the operator, who pushes purges
   * where the log is away.
   */
  public long unverifiedMillis() {
    LogReader current = reader;
    long log = current == null ? Long.MAX_VALUE : current.silentMillis();
    return Math.min(log, heartbeatAgeMillis.getAsLong());
  }

  @Override
  public void apply(Order order) {
    purges.apply(order);
  }

  @Override
  public void serves(long number, Access access) {
    purges.revoked().serves(number, access);
  }

  @Override
  public Future<PurgeReceipt> append(Order order) {
    LogReader current = reader;
    return current == null
        ? Future.failedFuture(new RedisAway("the gateway has no shared cache"))
        : current.append(order);
  }

  @Override
  public Future<PurgeCount> count(PurgeRequest selection) {
    return counter.executeBlocking(() -> counts.apply(selection));
  }

  @Override
  public PodState.@Nullable LogState logState() {
    LogReader current = reader;
    if (current == null) {
      return null;
    }
    PurgeReceipt reached = purges.reached();
    return reached == null
        ? new PodState.LogState(current.connected(), null, null)
        : new PodState.LogState(current.connected(), reached.epoch(), reached.position());
  }

  @Override
  public List<String> applied() {
    return purges.newestIds(PodState.MAX_APPLIED);
  }

  @Override
  public boolean caughtUp() {
    LogReader current = reader;
    return current == null || current.caughtUpOrAway();
  }

  @Override
  public void close() {
    use(null);
    counter.close();
  }
}
