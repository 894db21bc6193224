package io.warmgate.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.server.admin.AdminServer;
import io.warmgate.server.admin.EndpointSink;
import io.warmgate.server.admin.ExplainApi;
import io.warmgate.server.admin.KnownOfModels;
import io.warmgate.server.admin.OperatorApi;
import io.warmgate.server.admin.PodReport;
import io.warmgate.server.admin.Probes;
import io.warmgate.server.admin.PurgeApi;
import io.warmgate.server.admin.TrafficApi;
import io.warmgate.server.admin.WarmApi;
import io.warmgate.server.lifecycle.Drain;
import io.warmgate.server.lifecycle.LoopWatch;
import io.warmgate.server.lifecycle.OperatorPulse;
import io.warmgate.server.lifecycle.PodHealth;
import io.warmgate.server.revision.RevisionKeeper;
import io.warmgate.server.revision.RevisionStore;
import io.warmgate.server.telemetry.PodMetrics;
import io.warmgate.server.telemetry.RequestTelemetry;
import io.warmgate.server.traffic.TrafficBook;
import io.warmgate.server.values.ValueStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a gateway pod, put together; and how they begin and end. */
public final class GatewayRuntime {
  private static final Duration SLACK = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(GatewayRuntime.class);

  private final Vertx vertx;
  private final Settings settings;
  private final Serving serving;
  private final RevisionKeeper revisions;
  private final PodHealth health;
  private final AdminServer admin;

  /**
   * What serves requests, and what knows of them.
   *
   * @param traffic what is counted for the operator
   * @param models what is known of them now
   * @param telemetry is told of every revision served
   * @param preview is told the mounted admin Secret's token
   * @param handover is told what else the Secret holds
   */
  public record Serving(
      Dataplane dataplane,
      EndpointSink endpoints,
      Invalidation invalidation,
      Explaining explaining,
      TrafficBook traffic,
      KnownOfModels models,
      Warming warming,
      RequestTelemetry telemetry,
      PodMetrics metrics,
      PreviewToken preview,
      HandoverPort handover) {}

  /**
   * @param pulse of the operator; what balances over pushed endpoints looks at it too
   * @throws IOException where the mounted admin Secret cannot be read
   */
  public GatewayRuntime(Vertx vertx, Settings settings, OperatorPulse pulse, Serving serving)
      throws IOException {
    this.vertx = vertx;
    this.settings = settings;
    this.serving = serving;
    ValueStore values = new ValueStore(settings.mounted(AdminApi.VALUES_DIR));
    this.revisions =
        new RevisionKeeper(
            vertx,
            settings.gatewayUid(),
            serving.dataplane(),
            values,
            (number, config) -> {
              serving.telemetry().configure(number, config);
              serving.invalidation().serves(number, config.access());
            });
    this.health =
        new PodHealth(pulse, revisions::ledger, serving.invalidation(), serving.warming()::pending);
    LoopWatch loops = new LoopWatch(((VertxInternal) vertx).nettyEventLoopGroup());
    serving.metrics().pod(revisions::ledger, health, loops);
    PodReport report =
        new PodReport(
            settings.pod().uid(), revisions, health, serving.endpoints(), serving.invalidation());
    this.admin =
        new AdminServer(
            vertx,
            settings.mounted(AdminApi.ADMIN_DIR),
            new AdminServer.Told(serving.preview(), serving.handover()),
            new AdminServer.Apis(
                new Probes(vertx, loops, health, serving.metrics()::scrape),
                new OperatorApi(
                    revisions, serving.endpoints(), serving.invalidation(), health, report),
                new PurgeApi(serving.invalidation()),
                new ExplainApi(serving.explaining()),
                new TrafficApi(
                    settings.pod().uid(),
                    health,
                    serving.traffic(),
                    serving.telemetry().spending(),
                    serving.models()),
                new WarmApi(serving.warming())));
  }

  /**
   * Listens for the operator, and serves the first of the mounted revisions that can be served.
   *
   * @param adminPort 0: any
   * @return the admin API's port
   */
  public Future<Integer> start(int adminPort) {
    RevisionStore store =
        new RevisionStore(
            settings.mounted(AdminApi.CURRENT_DIR), settings.mounted(AdminApi.ACKNOWLEDGED_DIR));
    return admin
        .listen(settings.bindAddress(), adminPort)
        .compose(port -> serving.handover().open().map(port))
        .compose(
            port -> vertx.executeBlocking(store::read, false).compose(revisions::start).map(port));
  }

  /** Drains, then ends. Blocks until it is done; never on an event loop. */
  public void stop(Drain drain) {
    log.info("draining");
    health.drain();
    serving.dataplane().drain();
    serving.handover().drain();
    pass(drain.ready());
    health.leave();
    pass(drain.unready());
    waitFor(
        Future.join(
                serving.dataplane().close(drain.grace()), serving.handover().close(drain.grace()))
            .mapEmpty(),
        drain.grace().plus(SLACK));
    waitFor(admin.close(), SLACK);
    serving.telemetry().close();
    serving.metrics().close();
    waitFor(vertx.close(), SLACK);
  }

  private void pass(Duration time) {
    waitFor(vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).mapEmpty(), time.plus(SLACK));
  }

  private static void waitFor(Future<Void> future, Duration most) {
    try {
      future.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      log.warn("did not end well: {}", e.toString());
    }
  }
}
