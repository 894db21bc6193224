package io.warmgate.server;

import io.vertx.core.Vertx;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.server.access.AccessParts;
import io.warmgate.server.access.AuthCounts;
import io.warmgate.server.admin.EndpointSink;
import io.warmgate.server.admin.KnownOfModels;
import io.warmgate.server.cache.CachingDataplane;
import io.warmgate.server.cache.Explainer;
import io.warmgate.server.cache.HttpCache;
import io.warmgate.server.cache.log.GatewayLog;
import io.warmgate.server.credential.CredentialBook;
import io.warmgate.server.credential.Pace;
import io.warmgate.server.handover.HandoverCounts;
import io.warmgate.server.handover.HandoverSecret;
import io.warmgate.server.handover.HandoverServer;
import io.warmgate.server.handover.Handovers;
import io.warmgate.server.idempotency.Idempotency;
import io.warmgate.server.idempotency.IdempotentDataplane;
import io.warmgate.server.lifecycle.Drain;
import io.warmgate.server.lifecycle.OperatorPulse;
import io.warmgate.server.limit.LimitedDataplane;
import io.warmgate.server.limit.Limits;
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
import io.warmgate.server.version.Lately;
import io.warmgate.server.version.VersionBook;
import io.warmgate.server.warm.PodWarming;
import io.warmgate.server.warm.WarmCounts;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program in a gateway's pod. Exits with 1 and one line where its environment is wrong. */
public final class RuntimeMain {
  private static final int ACCESS_LOG_LINES = 16_384;
  private static final long START_SECONDS = 60;

  private RuntimeMain() {}

  public static void main(String[] arguments) {
    try {
      Settings settings = Settings.of(System.getenv());
      Logger log = LoggerFactory.getLogger(RuntimeMain.class);
      Thread.setDefaultUncaughtExceptionHandler(
          (thread, error) -> log.error("uncaught in {}", thread.getName(), error));
      GatewayRuntime runtime = start(settings);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform().name("drain").unstarted(() -> runtime.stop(Drain.OF_A_POD)));
      log.info("ready in {} ms", sinceStart());
    } catch (Exception e) {
      System.err.println("warmgate-server cannot start: " + reason(e));
      // Not exit: parts may run already, and nothing of theirs is worth waiting for.
      Runtime.getRuntime().halt(1);
    }
  }

  private static GatewayRuntime start(Settings settings) throws IOException, TimeoutException {
    Doors doors = new Doors();
    int eventLoops = Runtime.getRuntime().availableProcessors();
    Vertx vertx = GatewayVertx.create(doors, eventLoops, settings.hostsFile());
    OperatorPulse pulse = new OperatorPulse(InstantSource.system());
    RequestMetrics requests = new RequestMetrics();
    AccessLog accessLog =
        new AccessLog(new FileOutputStream(FileDescriptor.out), ACCESS_LOG_LINES).start();
    RequestTelemetry telemetry = new RequestTelemetry(settings.pod(), requests, accessLog);
    EndpointDirectory endpoints = new EndpointDirectory(vertx, pulse::trusted);
    GatewayLog log = new GatewayLog(vertx, settings.gatewayUid(), () -> pulse.silence().toMillis());
    HttpCache cache = new HttpCache(vertx, log, telemetry);
    PreviewToken preview = new PreviewToken();
    HandoverSecret secret = new HandoverSecret();
    HandoverCounts handedOver = new HandoverCounts();
    Handovers handovers =
        new Handovers(
            vertx,
            new Handovers.Self(settings.pod().name(), settings.side()),
            endpoints,
            secret,
            handedOver);
    AccessParts access = new AccessParts(log.revoked(), new AuthCounts());
    Limits limits =
        new Limits(vertx, settings.gatewayUid(), UUID.randomUUID().toString(), pulse::pods);
    Idempotency idempotency = new Idempotency(vertx, settings.gatewayUid());
    CredentialBook credentials = new CredentialBook(vertx, Pace.USUAL);
    VersionBook versions = new VersionBook(vertx, VersionBook.Pace.USUAL, Lately.USUAL);
    ListeningDataplane dataplane =
        new ListeningDataplane(
            vertx,
            doors,
            new DataplaneSettings(
                bindAddress(settings), settings.allowLoopback(), eventLoops, AdminApi.PORT),
            endpoints,
            new Steps(idempotency.before(cache), telemetry, preview, handovers, access)
                .limitedBy(limits)
                .proving(credentials)
                .watching(versions));
    PodMetrics metrics = new PodMetrics(requests, accessLog);
    metrics.access(access.counts());
    metrics.memory(cache.local());
    metrics.redis(cache::redisConnections);
    metrics.handover(handedOver);
    metrics.limits(limits.counts());
    metrics.idempotency(idempotency);
    WarmCounts warmed = new WarmCounts();
    PodWarming warming = new PodWarming(vertx, dataplane::served, cache, warmed);
    metrics.warming(warmed, cache.hot());
    GatewayRuntime runtime =
        new GatewayRuntime(
            vertx,
            settings,
            pulse,
            new GatewayRuntime.Serving(
                warming.over(
                    new IdempotentDataplane(
                        new LimitedDataplane(new CachingDataplane(dataplane, cache), limits),
                        idempotency)),
                sink(endpoints),
                log,
                new Explainer(dataplane::served, cache, preview),
                dataplane.traffic(),
                new KnownOfModels(credentials::states, versions::states),
                warming,
                telemetry,
                metrics,
                preview,
                new HandoverServer(dataplane, AdminApi.HANDOVER_PORT, secret, handedOver)));
    runtime.start(AdminApi.PORT).await(START_SECONDS, TimeUnit.SECONDS);
    return runtime;
  }

  private static EndpointSink sink(EndpointDirectory endpoints) {
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

  /** Null: all. */
  private static @Nullable InetAddress bindAddress(Settings settings) {
    InetAddress address = InetAddress.ofLiteral(settings.bindAddress());
    return address.isAnyLocalAddress() ? null : address;
  }

  private static long sinceStart() {
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  private static String reason(Exception e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return e instanceof IllegalArgumentException
        ? message
        : e.getClass().getSimpleName() + ": " + message;
  }
}
