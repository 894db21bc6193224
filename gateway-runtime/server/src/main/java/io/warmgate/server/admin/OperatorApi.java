package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.warmgate.config.Json;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.config.admin.Heartbeat;
import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.server.Invalidation;
import io.warmgate.server.lifecycle.PodHealth;
import io.warmgate.server.revision.RevisionKeeper;
import java.util.Map;
import java.util.function.Consumer;

/** What the operator asks of the pod: the paths of {@link AdminApi} that are its own. */
public final class OperatorApi {
  private static final int SMALL = 1 << 20;
  private static final int LARGE = 16 << 20;

  private final RevisionKeeper revisions;
  private final EndpointSink endpoints;
  private final Invalidation invalidation;
  private final PodHealth health;
  private final PodReport report;

  public OperatorApi(
      RevisionKeeper revisions,
      EndpointSink endpoints,
      Invalidation invalidation,
      PodHealth health,
      PodReport report) {
    this.revisions = revisions;
    this.endpoints = endpoints;
    this.invalidation = invalidation;
    this.health = health;
    this.report = report;
  }

  /** By path. */
  Map<String, Operation> operations() {
    return Map.of(
        AdminApi.STATE,
        new Operation(HttpMethod.GET, 0, _ -> state()),
        AdminApi.HEARTBEAT,
        new Operation(HttpMethod.POST, SMALL, body -> act(body, Heartbeat.class, this::heartbeat)),
        AdminApi.REVISION,
        new Operation(HttpMethod.PUT, LARGE, this::revision),
        AdminApi.VALUES,
        new Operation(HttpMethod.PUT, LARGE, this::values),
        AdminApi.ENDPOINTS,
        new Operation(
            HttpMethod.PUT, LARGE, body -> act(body, EndpointSets.class, endpoints::update)),
        AdminApi.PURGES,
        new Operation(HttpMethod.POST, LARGE, body -> act(body, Order.class, invalidation::apply)),
        AdminApi.LOG,
        new Operation(HttpMethod.POST, LARGE, this::append),
        AdminApi.COUNT,
        new Operation(HttpMethod.POST, SMALL, this::count));
  }

  private <T> Future<Answer> act(Buffer body, Class<T> type, Consumer<T> action) {
    action.accept(Json.read(body.getBytes(), type));
    return state();
  }

  private void heartbeat(Heartbeat heartbeat) {
    heartbeat.unlogged().forEach(invalidation::apply);
    health.pulse().counted(heartbeat.pods());
    health.pulse().heard(heartbeat.revision());
  }

  private Future<Answer> values(Buffer body) {
    return revisions.push(Json.read(body.getBytes(), SecretValues.class)).compose(_ -> state());
  }

  private Future<Answer> revision(Buffer body) {
    return revisions.offer(Revision.parse(body.getBytes())).compose(_ -> state());
  }

  private Future<Answer> append(Buffer body) {
    Order order = Json.read(body.getBytes(), Order.class);
    return invalidation
        .append(order)
        .map(receipt -> Answer.json(200, receipt))
        .otherwise(cause -> Answer.refusal(503, "NoLog", "the log cannot be written: " + cause));
  }

  private Future<Answer> count(Buffer body) {
    return invalidation
        .count(Json.read(body.getBytes(), PurgeRequest.class))
        .map(count -> Answer.json(200, count));
  }

  private Future<Answer> state() {
    return Future.succeededFuture(Answer.json(200, report.state()));
  }
}
