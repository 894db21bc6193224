package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.warmgate.config.Json;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.server.Warming;
import java.util.Map;

/** What the operator has done so that a cache is warm. */
public final class WarmApi {
  /** In bytes: so many requests' heads. */
  private static final int MAX = 16 << 20;

  private final Warming warming;

  public WarmApi(Warming warming) {
    this.warming = warming;
  }

  /** By path. */
  Map<String, Operation> operations() {
    return Map.of(AdminApi.WARM, new Operation(HttpMethod.POST, MAX, this::warm));
  }

  private Future<Answer> warm(Buffer body) {
    return warming
        .warm(Json.read(body.getBytes(), WarmOrder.class))
        .map(report -> Answer.json(200, report))
        .recover(
            failure ->
                failure instanceof Warming.BusyException
                    ? Future.succeededFuture(
                        Answer.refusal(429, "Busy", String.valueOf(failure.getMessage())))
                    : Future.failedFuture(failure));
  }
}
