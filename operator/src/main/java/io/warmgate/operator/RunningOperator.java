package io.warmgate.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.operator.check.Checks;
import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.gather.Gatherer;
import io.warmgate.operator.gather.RecentWrites;
import io.warmgate.operator.gather.Watches;
import io.warmgate.operator.reconcile.Applier;
import io.warmgate.operator.reconcile.AuditTrail;
import io.warmgate.operator.reconcile.Bursts;
import io.warmgate.operator.reconcile.EventWriter;
import io.warmgate.operator.reconcile.GatewayEvents;
import io.warmgate.operator.reconcile.GatewayReconciler;
import io.warmgate.operator.reconcile.GatewayStates;
import io.warmgate.operator.reconcile.GatewaySteps;
import io.warmgate.operator.reconcile.Reporter;
import io.warmgate.operator.reconcile.RolloutMetrics;
import io.warmgate.operator.reconcile.StatusWriter;
import io.warmgate.operator.reconcile.StepTimes;
import io.warmgate.operator.reconcile.Unclaimed;
import io.warmgate.operator.redis.RedisReconciler;
import io.warmgate.operator.redis.Servers;
import io.warmgate.operator.snapshot.Labels;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The operator, put together and running until closed. */
public final class RunningOperator implements AutoCloseable {
  /** Renews certificates in time though nothing happens, and heals what no event told of. */
  private static final Duration AT_LEAST = Duration.ofHours(1);

  /**
   * A leader that is gone is followed after this and a retry: its pods trust the endpoints that
   * they know for 10 s of silence.
   */
  private static final Duration LEASE = Duration.ofSeconds(10);

  /** A leader that cannot renew its lease for so long ends itself. */
  private static final Duration RENEWAL = Duration.ofSeconds(7);

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RecentWrites writes = new RecentWrites();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Settings settings;
  private final KubernetesClient client;
  private final Runnable lostLease;
  private final Checks checks;
  private final Watches watches;
  private final GatewayStates states;
  private final EventWriter events;
  private final RolloutMetrics rollouts =
      new RolloutMetrics(
          metrics,
          Clock.systemUTC(),
          HasMetadata.getKind(ApiRoute.class),
          HasMetadata.getKind(ApiGateway.class));
  private final Reporter reporter;
  private final Unclaimed unclaimed;
  private final Operator operator;
  private final HealthServer health;
  private volatile boolean started;
  private volatile boolean closing;

  private RunningOperator(KubernetesClient client, Settings settings, Runnable lostLease)
      throws IOException {
    this.settings = settings;
    this.lostLease = lostLease;
    this.client = client;
    checks = new Checks(settings.names(), settings.checkable());
    GatewayEvents<ApiGateway> gateways = new GatewayEvents<>("gateways");
    GatewayEvents<RedisCache> redises = new GatewayEvents<>("redises");
    Bursts bursts = new Bursts();
    Applier applier = new Applier(client);
    Wiring.Later later = new Wiring.Later();
    watches =
        new Watches(
            client, settings.namespaces(), new Wiring(gateways, redises, bursts, applier, later));
    Gatherer gatherer = new Gatherer(watches, writes);
    states = new GatewayStates(client, gatherer, checks, gateways::changed);
    events = new EventWriter(client, settings.podName());
    reporter =
        new Reporter(
            client,
            new StatusWriter(client, writes, metrics),
            events,
            rollouts,
            new AuditTrail(events, metrics));
    unclaimed = new Unclaimed(gatherer, reporter);
    later.namespaces(unclaimed::changed);
    GatewaySteps steps = new GatewaySteps(gatherer, settings.installation(), applier, reporter);
    GatewayReconciler gateway =
        new GatewayReconciler(states, bursts, steps, new StepTimes(metrics), gateways);
    RedisReconciler redis =
        new RedisReconciler(
            gatherer,
            applier,
            reporter,
            new Servers(redises::changed),
            settings.installation().redisImage(),
            redises);
    later.moved((map, fate) -> moved(map, fate));
    later.gone(object -> gone(object, gatherer, redis));
    metrics.gauge("warmgate.operator.gateways", states, GatewayStates::size);
    operator = new Operator(this::configure);
    operator.register(gateway, configuration -> schedule(configuration));
    operator.register(redis, configuration -> schedule(configuration));
    health =
        HealthServer.start(
            new InetSocketAddress(settings.bindAddress(), settings.healthPort()),
            this::live,
            () -> started && live(),
            metrics::scrape);
  }

  /**
   * Starts it; returns when it has read what there is and reconciles, or stands by to.
   *
   * @param lostLease run when another may lead from now on: whoever goes on writes beside it
   * @throws io.warmgate.operator.gather.WatchFailed where it lacks a CRD or a right
   */
  public static RunningOperator start(
      KubernetesClient client, Settings settings, Runnable lostLease) throws IOException {
    RunningOperator running = new RunningOperator(client, settings, lostLease);
    try {
      running.watches.start();
      running.operator.start();
      if (settings.election() == Settings.Election.NONE) {
        running.unclaimed.lead();
      }
      running.started = true;
      return running;
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  private void configure(ConfigurationServiceOverrider configuration) {
    configuration
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withExecutorService(executor)
        .withMetrics(MicrometerMetricsV2.newBuilder(metrics).build());
    if (settings.election() == Settings.Election.BY_LEASE) {
      configuration.withLeaderElectionConfiguration(
          LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("warmgate-operator")
              .withLeaseNamespace(settings.installation().namespace())
              .withIdentity(settings.podName())
              .withLeaseDuration(LEASE)
              .withRenewDeadline(RENEWAL)
              .withLeaderCallbacks(
                  new LeaderCallbacks(unclaimed::lead, this::deposed, leader -> {}))
              .build());
    }
  }

  /** The lease is given up, by {@link #close}, or lost. */
  private void deposed() {
    if (!closing) {
      lostLease.run();
    }
  }

  private void schedule(ControllerConfigurationOverrider<?> configuration) {
    if (!settings.namespaces().all()) {
      configuration.settingNamespaces(settings.namespaces().names());
    }
    configuration
        .withReconciliationMaxInterval(AT_LEAST)
        .withRetry(
            new GenericRetry()
                .setInitialInterval(Duration.ofMillis(500))
                .setIntervalMultiplier(2)
                .setMaxInterval(30_000)
                .withoutMaxAttempts());
  }

  private void moved(ConfigMap map, Wiring.Fate fate) {
    String gateway = map.getMetadata().getLabels().get(Labels.GATEWAY);
    if (gateway != null) {
      states.seen(
          new GatewayKey(map.getMetadata().getNamespace(), gateway),
          map.getMetadata().getName(),
          switch (fate) {
            case WRITTEN -> map.getMetadata().getResourceVersion();
            case DELETED -> null;
          });
    }
  }

  private void gone(HasMetadata object, Gatherer gatherer, RedisReconciler redis) {
    writes.deleted(object);
    reporter.gone(object);
    if (object instanceof ApiGateway) {
      states.remove(GatewayKey.of(object));
      gatherer.forget(GatewayKey.of(object));
      rollouts.forget(GatewayKey.of(object));
    } else if (object instanceof RedisCache cache) {
      redis.forget(cache);
    }
  }

  private boolean live() {
    return !started || watches.alive();
  }

  /** Where {@code /livez}, {@code /readyz} and {@code /metrics} are. */
  public int healthPort() {
    return health.port();
  }

  /** In Prometheus' text format. */
  public String metrics() {
    return metrics.scrape();
  }

  /** Stops reconciling first, then lets go of the pods; they go on without it. */
  @Override
  public void close() {
    closing = true;
    started = false;
    operator.stop();
    watches.close();
    states.close();
    checks.close();
    unclaimed.close();
    reporter.close();
    events.close();
    health.close();
    executor.shutdownNow();
    metrics.close();
  }
}
