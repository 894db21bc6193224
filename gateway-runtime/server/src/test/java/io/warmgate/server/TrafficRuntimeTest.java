package io.warmgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.CacheRule;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Json;
import io.warmgate.config.Revision;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.Miss;
import io.warmgate.config.admin.ReleaseTraffic;
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.config.admin.Traffic;
import io.warmgate.server.admin.AdminClient;
import io.warmgate.server.admin.Certificates;
import io.warmgate.server.admin.KnownOfModels;
import io.warmgate.server.cache.CachingDataplane;
import io.warmgate.server.cache.Explainer;
import io.warmgate.server.cache.HttpCache;
import io.warmgate.server.cache.log.GatewayLog;
import io.warmgate.server.lifecycle.Drain;
import io.warmgate.server.lifecycle.OperatorPulse;
import io.warmgate.server.listener.DataplaneSettings;
import io.warmgate.server.listener.Doors;
import io.warmgate.server.listener.GatewayVertx;
import io.warmgate.server.listener.ListeningDataplane;
import io.warmgate.server.listener.Steps;
import io.warmgate.server.telemetry.AccessLog;
import io.warmgate.server.telemetry.PodMetrics;
import io.warmgate.server.telemetry.RequestMetrics;
import io.warmgate.server.telemetry.RequestTelemetry;
import io.warmgate.server.upstream.EndpointDirectory;
import io.warmgate.server.warm.PodWarming;
import io.warmgate.server.warm.WarmCounts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole runtime in this process: what clients ask is what the operator is told. */
class TrafficRuntimeTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path root;
  private final Vertx origins = Vertx.vertx();
  private final int port = FreePort.onLoopback();
  private HttpServer origin;
  private GatewayRuntime runtime;
  private AdminClient operator;

  @BeforeEach
  void start() throws Exception {
    origin =
        origins
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .response()
                        .setStatusCode(request.path().equals("/broken") ? 500 : 200)
                        .putHeader("cache-control", "max-age=60")
                        .end("answer"))
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    Certificates.mint(root.resolve(AdminApi.ADMIN_DIR.substring(1)), "t0ken", 1);
    Doors doors = new Doors();
    Vertx vertx = GatewayVertx.create(doors, 2, null);
    Settings settings =
        Settings.of(
            Map.of(
                "POD_NAME", "edge-1",
                "POD_NAMESPACE", "shop",
                "POD_UID", "pod-uid",
                "POD_IP", "127.0.0.1",
                "WARMGATE_GATEWAY_UID", TestConfigs.GATEWAY,
                "WARMGATE_BIND_ADDRESS", "127.0.0.1",
                "WARMGATE_ALLOW_LOOPBACK", "true",
                "WARMGATE_ROOT", root.toString()));
    RequestMetrics requests = new RequestMetrics();
    AccessLog accessLog = new AccessLog(OutputStream.nullOutputStream(), 16).start();
    RequestTelemetry telemetry = new RequestTelemetry(settings.pod(), requests, accessLog);
    GatewayLog log = new GatewayLog(vertx, TestConfigs.GATEWAY, () -> 0);
    HttpCache cache = new HttpCache(vertx, log, telemetry);
    PreviewToken preview = new PreviewToken();
    ListeningDataplane dataplane =
        new ListeningDataplane(
            vertx,
            doors,
            new DataplaneSettings(InetAddress.ofLiteral("127.0.0.1"), true, 2, AdminApi.PORT),
            new EndpointDirectory(vertx, () -> true),
            new Steps(cache, telemetry, preview));
    runtime =
        new GatewayRuntime(
            vertx,
            settings,
            new OperatorPulse(InstantSource.system()),
            new GatewayRuntime.Serving(
                new CachingDataplane(dataplane, cache),
                new NoEndpoints(),
                log,
                new Explainer(dataplane::served, cache, preview),
                dataplane.traffic(),
                KnownOfModels.NOTHING,
                new PodWarming(vertx, dataplane::served, cache, new WarmCounts()),
                telemetry,
                new PodMetrics(requests, accessLog),
                preview,
                HandoverPort.NONE));
    operator = new AdminClient("127.0.0.1", runtime.start(0).await(20, TimeUnit.SECONDS), "t0ken");
  }

  @AfterEach
  void stop() throws Exception {
    runtime.stop(new Drain(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1)));
    origins.close().await(10, TimeUnit.SECONDS);
  }

  private GatewayConfig config(String generation) {
    GatewayConfig proxy = TestConfigs.proxy(port, origin.actualPort(), generation);
    Route route = proxy.routes().getFirst();
    Rule rule = route.rules().getFirst();
    CacheRule cache =
        new CacheRule(
            null,
            null,
            null,
            null,
            new CacheRule.QueryKey(CacheRule.QueryKey.Mode.ALL, List.of()),
            List.of(),
            CacheRule.Tags.NONE,
            30_000,
            CacheRule.OnLogLoss.SERVE);
    Rule cached =
        new Rule(
            rule.id(),
            rule.matches(),
            rule.filters(),
            rule.backends(),
            rule.unavailable(),
            rule.timeouts(),
            rule.retry(),
            cache);
    return new GatewayConfig(
        proxy.gateway(),
        proxy.listeners(),
        List.of(new Route(route.id(), route.listeners(), route.hostnames(), List.of(cached))),
        proxy.backends(),
        new CacheLayers(16 << 20, null),
        proxy.limits(),
        proxy.telemetry());
  }

  private void ask(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    CLIENT.send(request, HttpResponse.BodyHandlers.discarding());
  }

  private Traffic told() throws IOException {
    return Json.read(
        operator.get(AdminApi.TRAFFIC).body().getBytes(StandardCharsets.UTF_8), Traffic.class);
  }

  private RuleTraffic told(long requests) {
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> told().rules().stream().anyMatch(rule -> rule.requests() == requests));
    try {
      return told().rules().getFirst();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatClientsAskIsWhatTheOperatorIsTold() throws Exception {
    operator.put(AdminApi.REVISION, Revision.of(1, config("g1")));
    ask("/a");
    ask("/a");
    ask("/broken");
    RuleTraffic rule = told(3);
    assertThat(rule.route()).isEqualTo("shop/all");
    ReleaseTraffic release = rule.release("g1").orElseThrow();
    assertThat(release.clients().fresh()).isEqualTo(1);
    assertThat(release.clients().misses()).isEqualTo(Map.of(Miss.FIRST_SEEN, 1L, Miss.FAILED, 1L));
    assertThat(release.origin().exchanges()).isEqualTo(2);
    assertThat(release.origin().errors()).isEqualTo(1);
    assertThat(release.origin().latency().count()).isEqualTo(2);
    assertThat(release.origin().latency().quantileMicros(0.99).orElseThrow())
        .isBetween(1L, 10_000_000L);

    operator.put(AdminApi.REVISION, Revision.of(2, config("g2")));
    ask("/a");
    RuleTraffic next = told(1);
    assertThat(next.release("g1")).isEmpty();
    assertThat(next.release("g2").orElseThrow().clients().misses())
        .isEqualTo(Map.of(Miss.FIRST_SEEN, 1L));
    assertThat(told().uptimeMillis()).isPositive();
  }
}
