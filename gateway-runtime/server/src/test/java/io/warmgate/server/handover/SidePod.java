package io.warmgate.server.handover;

import io.vertx.core.Vertx;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.server.FreePort;
import io.warmgate.server.GatewayRuntime;
import io.warmgate.server.PreviewToken;
import io.warmgate.server.Settings;
import io.warmgate.server.TestConfigs;
import io.warmgate.server.Values;
import io.warmgate.server.admin.AdminClient;
import io.warmgate.server.admin.EndpointSink;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A pod of one side: the whole runtime, on an address of its own. */
final class SidePod implements AutoCloseable {
  final String address;
  final int port;
  final HandoverCounts counts = new HandoverCounts();
  final AdminClient operator;
  final ListeningDataplane dataplane;
  final HandoverServer server;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final EndpointDirectory endpoints;
  private final Vertx vertx;
  private final GatewayRuntime runtime;
  private boolean ended;

  /**
   * @param root its files; the admin Secret's are there
   * @param side empty: it has none
   */
  SidePod(Path root, String name, String address, String side) throws Exception {
    this.address = address;
    this.port = FreePort.on(address);
    Settings settings = settings(root, name, address, side);
    Doors doors = new Doors();
    vertx = GatewayVertx.create(doors, 2, null);
    RequestMetrics requests = new RequestMetrics();
    AccessLog accessLog = new AccessLog(log, 65_536).start();
    RequestTelemetry telemetry = new RequestTelemetry(settings.pod(), requests, accessLog);
    GatewayLog purges = new GatewayLog(vertx, TestConfigs.GATEWAY, () -> 0);
    HttpCache cache = new HttpCache(vertx, purges, telemetry);
    PreviewToken preview = new PreviewToken();
    endpoints = new EndpointDirectory(vertx, () -> true);
    HandoverSecret secret = new HandoverSecret();
    Handovers handovers =
        new Handovers(vertx, new Handovers.Self(name, settings.side()), endpoints, secret, counts);
    dataplane =
        new ListeningDataplane(
            vertx,
            doors,
            new DataplaneSettings(InetAddress.ofLiteral(address), true, 2, AdminApi.PORT),
            endpoints,
            new Steps(cache, telemetry, preview, handovers));
    server = new HandoverServer(dataplane, port, secret, counts);
    PodMetrics metrics = new PodMetrics(requests, accessLog);
    metrics.handover(counts);
    runtime =
        new GatewayRuntime(
            vertx,
            settings,
            new OperatorPulse(InstantSource.system()),
            new GatewayRuntime.Serving(
                new CachingDataplane(dataplane, cache),
                sink(),
                purges,
                new Explainer(dataplane::served, cache, preview),
                dataplane.traffic(),
                KnownOfModels.NOTHING,
                new PodWarming(vertx, dataplane::served, cache, new WarmCounts()),
                telemetry,
                metrics,
                preview,
                server));
    operator = new AdminClient(address, runtime.start(0).await(20, TimeUnit.SECONDS), "t0ken");
  }

  private static Settings settings(Path root, String name, String address, String side) {
    return Settings.of(
        Map.of(
            "POD_NAME",
            name,
            "POD_NAMESPACE",
            "shop",
            "POD_UID",
            name + "-uid",
            "POD_IP",
            address,
            "WARMGATE_GATEWAY_UID",
            TestConfigs.GATEWAY,
            "WARMGATE_BIND_ADDRESS",
            address,
            "WARMGATE_ALLOW_LOOPBACK",
            "true",
            "WARMGATE_ROOT",
            root.toString(),
            "WARMGATE_SIDE",
            side));
  }

  private EndpointSink sink() {
    return new EndpointSink() {
      @Override
      public void update(EndpointSets sets) {
        endpoints.accept(sets);
      }

      @Override
      public long version() {
        return endpoints.version();
      }
    };
  }

  void take(long number, GatewayConfig config) throws IOException {
    var answer = operator.put(AdminApi.REVISION, Revision.of(number, config));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
  }

  void take(GatewayConfig config, Values values) throws TimeoutException {
    dataplane.take(config, values).await(20, TimeUnit.SECONDS);
  }

  void sides(EndpointSets sets) {
    endpoints.accept(sets);
  }

  EndpointSets.Endpoint endpoint() {
    return new EndpointSets.Endpoint(address, port);
  }

  long count(HandoverCounts.Outcome outcome) {
    return counts.of(outcome);
  }

  /** Access log, as far as written. */
  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** As on SIGTERM, but sooner. */
  void end(Drain drain) {
    ended = true;
    runtime.stop(drain);
  }

  @Override
  public void close() {
    if (!ended) {
      end(new Drain(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1)));
    }
  }
}
