package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.server.Settings;
import io.warmgate.server.cache.redis.RealRedis;
import io.warmgate.server.telemetry.AccessLog;
import io.warmgate.server.telemetry.PodMetrics;
import io.warmgate.server.telemetry.RequestMetrics;
import io.warmgate.server.telemetry.RequestTelemetry;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each of the cache's metrics moves by what it is about, and by nothing else. */
class CacheMetricsIT {
  private final RealRedis redis = RealRedis.started();
  private final CountingOrigin origin = new CountingOrigin();
  private final RequestMetrics requests = new RequestMetrics();
  private final AccessLog accessLog = new AccessLog(OutputStream.nullOutputStream(), 16).start();
  private final PodMetrics metrics = new PodMetrics(requests, accessLog);
  private final RequestTelemetry telemetry =
      new RequestTelemetry(
          new Settings.Pod("edge-1", "test", "uid", "127.0.0.1"), requests, accessLog);
  private final Pod pod = new Pod(telemetry);
  private final Pod other = new Pod();

  @BeforeEach
  void begin() {
    telemetry.configure(1, pod.config(origin.port(), HONOR, "g1", redis.address()));
    for (Pod one : List.of(pod, other)) {
      one.take(one.config(origin.port(), HONOR, "g1", redis.address()));
      one.awaitRedis();
      Storm.over(List.of(one), "/warm-" + one.port).answers();
      one.awaitRedis();
    }
  }

  @AfterEach
  void end() {
    pod.close();
    other.close();
    metrics.close();
    accessLog.close();
    origin.close();
    redis.close();
  }

  private double value(String sample) {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .sum();
  }

  /** A request is counted when its answer was written, which its client may see before. */
  private void assertGrows(String sample, Runnable by, double growth) {
    double before = value(sample);
    by.run();
    await().atMost(10, TimeUnit.SECONDS).until(() -> value(sample) - before >= growth);
    assertThat(value(sample) - before).isEqualTo(growth);
  }

  /** By how much a sample grew. */
  private double grown(String sample, Runnable by) {
    double before = value(sample);
    by.run();
    return value(sample) - before;
  }

  private static String lookups(String layer) {
    return "warmgate_cache_lookup_duration_seconds_count{layer=\"" + layer + "\"}";
  }

  private static String errors(String layer, String kind) {
    return "warmgate_cache_errors_total{kind=\"" + kind + "\",layer=\"" + layer + "\"}";
  }

  private static String coalesced(String scope) {
    return "warmgate_cache_coalesced_total{scope=\"" + scope + "\"}";
  }

  @Test
  void lookupsOfEachLayer() {
    assertGrows(lookups("origin"), () -> pod.get("/x"), 1);
    assertThat(grown(lookups("redis"), () -> pod.get("/y"))).isGreaterThanOrEqualTo(1);
    assertThat(grown(lookups("redis"), () -> pod.get("/x"))).isZero();
    // Timed in one millisecond of 64: asked in every one of them.
    await()
        .atMost(20, TimeUnit.SECONDS)
        .pollInterval(3, TimeUnit.MILLISECONDS)
        .until(() -> grown(lookups("memory"), () -> pod.get("/x")) > 0);
  }

  @Test
  void whatTheOriginIsSpared() {
    int length = pod.get("/x").body().length();
    assertGrows("warmgate_cache_avoided_requests_total", () -> pod.get("/x"), 1);
    assertGrows("warmgate_cache_avoided_bytes_total", () -> pod.get("/x"), length);
    assertThat(grown("warmgate_cache_avoided_requests_total", () -> pod.get("/y"))).isZero();
  }

  @Test
  void requestsThatAnothersFetchAnswered() {
    origin.hold();
    Storm storm = Storm.over(List.of(pod), "/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> value("warmgate_requests_active") == 100);
    assertGrows(
        coalesced("pod"),
        () -> {
          origin.release();
          storm.answers();
        },
        99);
    origin.hold();
    var first = other.ask("/z");
    int before = origin.requests.get();
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() > before);
    var second = pod.ask("/z");
    await().atMost(10, TimeUnit.SECONDS).until(() -> value("warmgate_requests_active") == 1);
    assertGrows(
        coalesced("fleet"),
        () -> {
          origin.release();
          Pod.get(first);
          Pod.get(second);
        },
        1);
  }

  @Test
  void failuresOfEachLayerApart() {
    origin.answer = request -> request.response().setStatusCode(500).end();
    assertGrows(errors("origin", "5xx"), () -> pod.get("/x"), 1);
    origin.answer = request -> request.connection().close();
    assertGrows(errors("origin", "no-answer"), () -> pod.get("/x"), 1);
    origin.answer = request -> origin.respond(request, "max-age=60");
    redis.limit("1mb");
    // The write to Redis ends after the answer to the client.
    double before = value(errors("redis", "refused"));
    pod.get("/full");
    await().atMost(10, TimeUnit.SECONDS).until(() -> value(errors("redis", "refused")) > before);
    redis.pause();
    assertThat(grown(errors("redis", "late"), () -> pod.get("/z"))).isGreaterThan(0);
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> grown(errors("redis", "away"), () -> pod.get("/a" + System.nanoTime())) > 0);
    redis.resume();
  }
}
