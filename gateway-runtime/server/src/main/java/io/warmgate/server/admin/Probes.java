package io.warmgate.server.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.server.lifecycle.LoopWatch;
import io.warmgate.server.lifecycle.PodHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What needs no token: probes and metrics. */
public final class Probes {
  /** Of the Prometheus text format. */
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Vertx vertx;
  private final LoopWatch loops;
  private final PodHealth health;
  private final Supplier<String> metrics;

  /**
   * @param metrics in the Prometheus text format
   */
  public Probes(Vertx vertx, LoopWatch loops, PodHealth health, Supplier<String> metrics) {
    this.vertx = vertx;
    this.loops = loops;
    this.health = health;
    this.metrics = metrics;
  }

  /** By path. */
  Map<String, Operation> operations() {
    return Map.of(
        AdminApi.LIVEZ, new Operation(HttpMethod.GET, 0, _ -> Future.succeededFuture(live())),
        AdminApi.READYZ, new Operation(HttpMethod.GET, 0, _ -> Future.succeededFuture(ready())),
        AdminApi.METRICS, new Operation(HttpMethod.GET, 0, _ -> scrape()));
  }

  private Answer live() {
    Duration oldest = loops.oldestTick();
    return oldest.compareTo(LoopWatch.STUCK) > 0
        ? Answer.text(503, "an event loop has been stuck for " + oldest.toSeconds() + " s\n")
        : Answer.text(200, "ok\n");
  }

  private Answer ready() {
    List<String> unmet = health.unmet();
    return unmet.isEmpty()
        ? Answer.text(200, "ok\n")
        : Answer.text(503, String.join("\n", unmet) + "\n");
  }

  private Future<Answer> scrape() {
    return vertx
        .executeBlocking(metrics::get, false)
        .map(text -> new Answer(200, METRICS_TYPE, Buffer.buffer(text)));
  }
}
