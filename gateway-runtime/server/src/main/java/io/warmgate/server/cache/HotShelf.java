package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.QueryRule;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.cache.log.GatewayLog;
import io.warmgate.server.cache.store.SharedStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Where the pods of a gateway keep what they are asked most for: in Redis, in an entry under a key
 * that no request has, so that it is sealed, checked, ordered and forgotten as entries are. To be
 * used on an event loop.
 */
public final class HotShelf {
  /** No request has a generation with a blank at its end. */
  private static final CacheKey KEY =
      new KeyRecipe("", "hot requests ", new QueryRule.All(), List.of())
          .primary(
              new RequestView(
                  "GET",
                  new RequestView.Target("http", "warmgate", "/hot", null),
                  FieldList.EMPTY,
                  false),
              null);

  private static final long KEPT_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final Layers layers;
  private final GatewayLog log;

  HotShelf(Layers layers, GatewayLog log) {
    this.layers = layers;
    this.log = log;
  }

  /** Whether there is a Redis, be it that it is away. */
  public boolean exists() {
    return layers.shared() != null;
  }

  /** Whether what is in Redis may be used now. */
  public boolean isTrusted() {
    return layers.hasShared(log.purges().fence());
  }

  /** Empty where there is nothing; fails where Redis is away. */
  public Future<Optional<byte[]>> read() {
    SharedStore store = layers.shared();
    String epoch = log.purges().fence().epoch();
    return store == null || epoch == null
        ? Future.succeededFuture(Optional.empty())
        : store
            .get(epoch, KEY)
            .map(
                slot ->
                    slot instanceof StoredResponse list && list.body() instanceof Bytes bytes
                        ? Optional.of(bytes.array())
                        : Optional.empty());
  }

  /** In place of what is there. */
  public Future<Void> write(byte[] list) {
    SharedStore store = layers.shared();
    Fence fence = log.purges().fence();
    String epoch = fence.epoch();
    if (store == null || epoch == null) {
      return Future.succeededFuture();
    }
    long now = System.currentTimeMillis();
    StoredResponse entry =
        new StoredResponse(
            200,
            FieldList.EMPTY,
            Bytes.of(list),
            new Validity(now, now, 0, KEPT_MILLIS, StaleWindows.NONE, Set.of()),
            new Provenance(KEY.material(), "hot requests ", fence.logged(), List.of()));
    return store.put(epoch, KEY, entry, KEPT_MILLIS).mapEmpty();
  }
}
