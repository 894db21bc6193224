package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Json;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.server.Warming;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the operator has done so that a cache is warm. */
public final class WarmApi {
  /** In bytes: so many requests' heads. */
  private static final int MAX = 16 << 20;

  /** In bytes: one request's head. */
  private static final int MAX_READ = 128 << 10;

  /** Where nothing else is asked for. */
  private static final int TOP = 1_000;

  private final Warming warming;

  public WarmApi(Warming warming) {
    this.warming = warming;
  }

  /** By path. */
  Map<String, Operation> operations() {
    return Map.of(
        AdminApi.WARM,
        new Operation(HttpMethod.POST, MAX, this::warm),
        AdminApi.READ,
        new Operation(HttpMethod.POST, MAX_READ, this::read),
        AdminApi.HOT,
        Operation.query(this::hot));
  }

  private Future<Answer> hot(MultiMap parameters) {
    String route = parameters.get("route");
    if (route == null || route.isEmpty()) {
      throw new ConfigException("route", "is missing: /v1/hot?route=namespace/name");
    }
    return warming.hot(route, top(parameters.get("top"))).map(hot -> Answer.json(200, hot));
  }

  private static int top(@Nullable String asked) {
    if (asked == null) {
      return TOP;
    }
    if (!asked.matches("[0-9]{1,5}")) {
      throw new ConfigException("top", "is " + asked + ", not 0 to 99999");
    }
    return Integer.parseInt(asked);
  }

  private Future<Answer> read(Buffer body) {
    return warming
        .read(Json.read(body.getBytes(), ReadOrder.class))
        .map(report -> Answer.json(200, report));
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
