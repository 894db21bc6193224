package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.warmgate.config.Json;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.server.Invalidation;
import io.warmgate.server.cache.log.KeyedForm;
import java.util.Map;
import java.util.UUID;

/**
 * What applications ask of a pod. Any pod will do: a purge goes through the log to all of them, and
 * what cannot be written there is refused, since this pod could tell no other.
 */
public final class PurgeApi {
  private static final int MAX_BODY = 1 << 20;

  private final Invalidation invalidation;

  public PurgeApi(Invalidation invalidation) {
    this.invalidation = invalidation;
  }

  /** By path. */
  Map<String, Operation> operations() {
    return Map.of(AdminApi.PURGE, new Operation(HttpMethod.POST, MAX_BODY, this::purge));
  }

  private Future<Answer> purge(Buffer body) {
    PurgeRequest request = KeyedForm.of(Json.read(body.getBytes(), PurgeRequest.class));
    if (invalidation.logState() == null) {
      return Future.succeededFuture(
          Answer.refusal(
              503,
              "NoSharedCache",
              "nothing was purged: without a RedisCache there is no log to tell the other pods by;"
                  + " create a CacheInvalidation"));
    }
    PurgeOrder order = new PurgeOrder("endpoint:" + UUID.randomUUID(), request, null);
    return invalidation
        .append(order)
        .map(receipt -> Answer.json(202, receipt))
        .otherwise(
            cause ->
                Answer.refusal(
                    503,
                    "NoLog",
                    "not known to be purged: the log cannot be written now ("
                        + cause.getMessage()
                        + "); ask again, or create a CacheInvalidation"));
  }
}
