package io.warmgate.server.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.WarmOrder.Action;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.server.access.AuthCounts;
import io.warmgate.server.cache.store.LocalStore;
import io.warmgate.server.handover.HandoverCounts;
import io.warmgate.server.hot.HotSketches;
import io.warmgate.server.idempotency.Idempotency;
import io.warmgate.server.idempotency.IdempotencyCounts;
import io.warmgate.server.lifecycle.LoopWatch;
import io.warmgate.server.lifecycle.PodHealth;
import io.warmgate.server.revision.RevisionLedger;
import io.warmgate.server.warm.WarmCounts;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What {@code /metrics} shows: the requests, the pod, and the JVM. Listed in docs/metrics.md. */
public final class PodMetrics implements AutoCloseable {
  private final PrometheusRegistry prometheus = new PrometheusRegistry();
  private final PrometheusMeterRegistry registry;

  public PodMetrics(RequestMetrics requests, AccessLog accessLog) {
    prometheus.register(requests);
    prometheus.register(requests.cache());
    prometheus.register(requests.calls());
    prometheus.register(requests.keys());
    prometheus.register(requests.spending());
    this.registry =
        new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, prometheus, io.micrometer.core.instrument.Clock.SYSTEM);
    Gauge.builder("warmgate.requests.active", requests, RequestMetrics::active)
        .description("Requests begun and not ended.")
        .register(registry);
    FunctionCounter.builder("warmgate.access.log.lines", accessLog, AccessLog::written)
        .description("Access log lines written.")
        .register(registry);
    FunctionCounter.builder("warmgate.access.log.dropped", accessLog, AccessLog::dropped)
        .description("Access log lines lost.")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    collections();
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /**
   * Read when asked for: notifications of collections (JvmGcMetrics) cost up to 4 ms after each.
   */
  private void collections() {
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      FunctionTimer.builder(
              "jvm.gc.pause",
              each,
              GarbageCollectorMXBean::getCollectionCount,
              GarbageCollectorMXBean::getCollectionTime,
              TimeUnit.MILLISECONDS)
          .description("Collections of garbage, by collector.")
          .tag("gc", each.getName())
          .register(registry);
    }
  }

  /** Adds what is known of the pod itself. */
  public void pod(Supplier<RevisionLedger> ledger, PodHealth health, LoopWatch loops) {
    gauge("warmgate.revision", "Number of the revision served.", () -> served(ledger.get()));
    gauge(
        "warmgate.revision.refused",
        "Number of the newest revision refused; 0 where the newest is served.",
        () -> refused(ledger.get()));
    gauge("warmgate.ready", "1 where the pod is ready.", () -> health.unmet().isEmpty() ? 1 : 0);
    gauge(
        "warmgate.operator.silence.seconds",
        "Since the operator's last heartbeat.",
        () -> health.pulse().silence().toMillis() / 1e3);
    gauge(
        "warmgate.event.loop.delay.seconds",
        "Since the slowest event loop ticked; each ticks once a second.",
        () -> loops.oldestTick().toMillis() / 1e3);
  }

  /** Adds what is kept in the pod's memory. */
  public void memory(LocalStore store) {
    gauge("warmgate.cache.memory.entries", "Entries in the pod's memory.", store::entries);
    gauge("warmgate.cache.memory.bytes", "What they take, an estimate.", store::bytes);
    gauge("warmgate.cache.memory.max.bytes", "What they may take.", store::maxBytes);
    for (LocalStore.Left why : LocalStore.Left.values()) {
      FunctionCounter.builder("warmgate.cache.memory.evictions", store, kept -> kept.left(why))
          .description("Entries that left the pod's memory, by cause.")
          .tag("cause", why.label())
          .register(registry);
    }
  }

  /** Adds what came of callers' credentials. */
  public void access(AuthCounts counts) {
    counts
        .all()
        .forEach(
            (outcome, count) ->
                FunctionCounter.builder("warmgate.auth", count, LongAdder::sum)
                    .description("Requests to rules that ask for callers, by what came of it.")
                    .tag("outcome", outcome)
                    .register(registry));
  }

  /** Adds the ways to Redis. */
  public void redis(Supplier<Number> connections) {
    gauge(
        "warmgate.cache.redis.connections",
        "Event loops that have a connection to Redis.",
        connections);
  }

  /** Adds what limits do. */
  public void limits(MultiCollector counts) {
    prometheus.register(counts);
  }

  /** Adds what comes of idempotency keys. */
  public void idempotency(Idempotency idempotency) {
    gauge(
        "warmgate.idempotency.running",
        "Idempotency keys whose first request this pod has under way.",
        idempotency::held);
    FunctionCounter.builder(
            "warmgate.idempotency.unstored", idempotency.counts(), IdempotencyCounts::notStored)
        .description("Answers of first requests that Redis did not take.")
        .register(registry);
    for (IdempotencyCounts.Outcome outcome : IdempotencyCounts.Outcome.values()) {
      FunctionCounter.builder(
              "warmgate.idempotency", idempotency.counts(), counts -> counts.of(outcome))
          .description("Requests with idempotency keys, by what came of the key.")
          .tag("outcome", outcome.label())
          .register(registry);
    }
  }

  /** Adds what the pod asks itself. */
  public void warming(WarmCounts counts, HotSketches hot) {
    gauge("warmgate.hot.requests", "Requests that are counted for what is hot.", hot::size);
    gauge("warmgate.hot.bytes", "What they take, an estimate.", hot::bytes);
    for (Action action : Action.values()) {
      for (Result result : Result.values()) {
        FunctionCounter.builder("warmgate.warm.requests", counts, all -> all.of(action, result))
            .description("Requests that the operator had the pod make itself.")
            .tag("action", label(action))
            .tag("result", label(result))
            .register(registry);
      }
    }
  }

  /** Adds what was handed over, to other pods and by them. */
  public void handover(HandoverCounts counts) {
    for (HandoverCounts.Outcome outcome : HandoverCounts.Outcome.values()) {
      FunctionCounter.builder("warmgate.handover.requests", counts, all -> all.of(outcome))
          .description("Requests handed over between the two sides of a gateway's pods.")
          .tag("side", outcome.side())
          .tag("outcome", outcome.label())
          .register(registry);
    }
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void gauge(String name, String help, Supplier<Number> value) {
    Gauge.builder(name, value).description(help).register(registry);
  }

  /** In the Prometheus text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }

  private static long served(RevisionLedger ledger) {
    PodState.Served served = ledger.served();
    return served == null ? 0 : served.number();
  }

  private static long refused(RevisionLedger ledger) {
    PodState.Refused refused = ledger.refused();
    return refused == null ? 0 : refused.number();
  }
}
