package io.warmgate.server.idempotency;

import io.vertx.core.Vertx;
import io.warmgate.config.CacheLayers.SharedCache;
import io.warmgate.config.GatewayConfig;
import io.warmgate.httpcache.entry.EntrySeal;
import io.warmgate.server.Values;
import io.warmgate.server.cache.redis.RedisAddress;
import io.warmgate.server.cache.redis.RedisLink;
import io.warmgate.server.cache.store.EncryptionKeys;
import io.warmgate.server.cache.store.EntryCodec;
import io.warmgate.server.exchange.CacheStep;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency keys of a gateway, in the Redis that its configuration names; answers are
 * encrypted there where entries are.
 */
public final class Idempotency implements AutoCloseable {
  private final Vertx vertx;
  private final String prefix;
  private final IdempotencyCounts counts = new IdempotencyCounts();
  private final Ledger ledger;
  private @Nullable RedisAddress address;
  private volatile @Nullable RedisLink redis;

  public Idempotency(Vertx vertx, String gatewayUid) {
    this(vertx, gatewayUid, Ledger.Times.OF_PODS);
  }

  private Idempotency(Vertx vertx, String gatewayUid, Ledger.Times times) {
    this.vertx = vertx;
    this.prefix = "wg:{" + gatewayUid + "}:idempotency:";
    this.ledger = new Ledger(vertx, times, counts);
  }

  /**
   * With leases of another length, as tests have them.
   *
   * @param leaseMillis how long a key is held for a pod that is not heard of
   */
  public static Idempotency leasing(Vertx vertx, String gatewayUid, long leaseMillis) {
    return new Idempotency(vertx, gatewayUid, new Ledger.Times(leaseMillis, leaseMillis / 6));
  }

  /** A step that has only the first request of a key go on to another. */
  public CacheStep before(CacheStep inside) {
    return new IdempotencyStep(vertx, prefix, ledger, counts, inside);
  }

  /**
   * Looks keys up in the Redis that the configuration names, from now on, if it has rules with
   * them.
   *
   * @throws io.warmgate.config.ConfigException where a value is missing or of no use
   */
  public synchronized void use(GatewayConfig config, Values values) {
    SharedCache shared = config.hasIdempotency() ? config.cache().shared() : null;
    RedisAddress wanted = shared == null ? null : RedisAddress.of(shared, values);
    EntrySeal seal = shared == null ? null : EncryptionKeys.of(shared, values);
    RedisLink before = redis;
    RedisLink link = before;
    if (!Objects.equals(wanted, address)) {
      address = wanted;
      link = wanted == null ? null : new RedisLink(vertx, wanted);
      redis = link;
    }
    ledger.use(link, EntryCodec.of(seal));
    if (before != link) {
      if (link != null) {
        link.openAll();
      }
      if (before != null) {
        before.close();
      }
    }
  }

  /** What came of requests' keys. */
  public IdempotencyCounts counts() {
    return counts;
  }

  /** How many keys this pod works for. */
  public int held() {
    return ledger.held();
  }

  /** How many event loops have a connection to Redis for them. */
  public int redisConnections() {
    RedisLink link = redis;
    return link == null ? 0 : link.connections();
  }

  /** Renews no lease any more. */
  @Override
  public synchronized void close() {
    ledger.close();
    RedisLink link = redis;
    if (link != null) {
      link.close();
    }
  }
}
