package io.warmgate.server.ai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.json.Json;
import io.warmgate.server.Settings;
import io.warmgate.server.telemetry.AccessLog;
import io.warmgate.server.telemetry.PodMetrics;
import io.warmgate.server.telemetry.RequestMetrics;
import io.warmgate.server.telemetry.RequestTelemetry;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;

/** What a pod tells of what it serves: metrics, access log, and what models took. */
final class Telling implements AutoCloseable {
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final AccessLog accessLog = new AccessLog(log, 64).start();
  private final RequestMetrics requests = new RequestMetrics();
  final RequestTelemetry telemetry =
      new RequestTelemetry(new Settings.Pod("p", "test", "u", "10.0.0.1"), requests, accessLog);
  final PodMetrics metrics = new PodMetrics(requests, accessLog);

  /**
   * From now on.
   *
   * @param pod that serves
   */
  Telling of(ModelPod pod) {
    telemetry.configure(1, Objects.requireNonNull(pod.config));
    pod.watching = telemetry;
    return this;
  }

  /**
   * @param series its name, with its labels where it has some
   * @return 0 where it is not there
   */
  double value(String series) {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .sum();
  }

  /** The access log, as far as it is written. */
  String log() {
    return log.toString(UTF_8);
  }

  /** The whole access log; nothing more is written to it. */
  List<JsonNode> lines() {
    accessLog.close();
    return log().lines().map(line -> Json.parse(line.getBytes(UTF_8))).toList();
  }

  @Override
  public void close() {
    telemetry.close();
    metrics.close();
  }
}
