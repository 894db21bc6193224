package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.Traffic;
import io.warmgate.server.lifecycle.PodHealth;
import io.warmgate.server.telemetry.ModelSpending;
import io.warmgate.server.traffic.TrafficBook;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the pod has counted, for the operator. */
public final class TrafficApi {
  private final String podUid;
  private final PodHealth health;
  private final TrafficBook book;
  private final ModelSpending models;
  private final Supplier<List<CredentialState>> credentials;

  /**
   * @param credentials what is known of models' credentials now
   */
  public TrafficApi(
      String podUid,
      PodHealth health,
      TrafficBook book,
      ModelSpending models,
      Supplier<List<CredentialState>> credentials) {
    this.podUid = podUid;
    this.credentials = credentials;
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
        credentials.get());
  }
}
