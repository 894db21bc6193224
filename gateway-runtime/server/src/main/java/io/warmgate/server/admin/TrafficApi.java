package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.Traffic;
import io.warmgate.server.lifecycle.PodHealth;
import io.warmgate.server.telemetry.ModelSpending;
import io.warmgate.server.traffic.TrafficBook;
import java.util.Map;

/** What the pod has counted, for the operator. */
public final class TrafficApi {
  private final String podUid;
  private final PodHealth health;
  private final TrafficBook book;
  private final ModelSpending models;
  private final KnownOfModels known;

  /**
   * @param known of the models that are asked, now
   */
  public TrafficApi(
      String podUid,
      PodHealth health,
      TrafficBook book,
      ModelSpending models,
      KnownOfModels known) {
    this.podUid = podUid;
    this.known = known;
    this.health = health;
    this.book = book;
    this.models = models;
  }

  /** By path. */
  Map<String, Operation> operations() {
    return Map.of(
        AdminApi.TRAFFIC,
        new Operation(HttpMethod.GET, 0, _ -> Future.succeededFuture(Answer.json(200, traffic()))));
  }

  private Traffic traffic() {
    return new Traffic(
        podUid,
        health.pulse().startedAt().toEpochMilli(),
        book.uptimeMillis(),
        book.read(),
        models.read(),
        known.credentials().get(),
        known.versions().get());
  }
}
