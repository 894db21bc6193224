package io.warmgate.server.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Listener;
import io.warmgate.config.Route;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Saved;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests. Every label's values are a closed set of the configuration's or of ours; routes
 * have one only while there are at most {@link #MAX_ROUTES}. Counting allocates nothing and takes
 * no lock.
 */
public final class RequestMetrics implements MultiCollector {
  /** With more routes none of them has counters of its own. */
  static final int MAX_ROUTES = 200;

  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder tries = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder avoided = new LongAdder();
  private final LongAdder avoidedBytes = new LongAdder();
  private final CacheMetrics cache = new CacheMetrics();
  private final ModelCalls calls = new ModelCalls();
  private final ModelKeyCalls keys = new ModelKeyCalls();
  private final ModelSpending spending = new ModelSpending();
  private volatile Map<String, ListenerCounters> listeners = Map.of();
  private volatile Map<String, RouteCounters> routes = Map.of();

  /** Counts for what the configuration names; what goes on being named keeps its counts. */
  void configure(GatewayConfig config) {
    Map<String, ListenerCounters> nextListeners = new HashMap<>();
    for (Listener listener : config.listeners()) {
      nextListeners.put(listener.name(), kept(listeners, listener.name(), ListenerCounters::new));
    }
    Map<String, RouteCounters> nextRoutes = new HashMap<>();
    if (config.routes().size() <= MAX_ROUTES) {
      for (Route route : config.routes()) {
        nextRoutes.put(route.id(), kept(routes, route.id(), RouteCounters::new));
      }
    }
    listeners = Map.copyOf(nextListeners);
    routes = Map.copyOf(nextRoutes);
  }

  void begun() {
    begun.increment();
  }

  /** Requests that have begun and not ended. */
  long active() {
    return begun.sum() - ended.sum();
  }

  /** What the cache does beside answering. */
  CacheMetrics cache() {
    return cache;
  }

  /** What calls to models took. */
  ModelCalls calls() {
    return calls;
  }

  /** Which of a model's keys calls were made with. */
  ModelKeyCalls keys() {
    return keys;
  }

  /** What was spent on models, and saved. */
  public ModelSpending spending() {
    return spending;
  }

  /** A call to a model has ended. */
  void inferred(Exchange exchange, Inference inference) {
    calls.add(exchange, inference);
    keys.add(inference);
    spending.spent(exchange, inference);
  }

  /** The end of a request whose begin was counted. */
  void completed() {
    ended.increment();
  }

  /** An answer, or its breaking off. */
  void answered(Exchange exchange, long nanos) {
    int status = exchange.reply().begun() ? exchange.reply().status() : 0;
    int reason = ReasonIndex.of(exchange.reason());
    Source source = Source.of(exchange, reason);
    TrafficCount.add(exchange, reason, source);
    Saved saved = exchange.saved();
    if (saved != null) {
      spending.saved(exchange, saved);
    }
    if (exchange.tries() > 0) {
      tries.add(exchange.tries());
      retries.add(exchange.tries() - 1L);
    }
    if (source == Source.CACHE) {
      avoided.increment();
      avoidedBytes.add(exchange.reply().bytesWritten());
    }
    ListenerCounters listener = listeners.get(exchange.listener().name());
    if (listener != null) {
      listener.add(status, reason, source, nanos, exchange.reply().bytesWritten());
    }
    String routeId = exchange.routeId();
    RouteCounters route = routeId == null ? null : routes.get(routeId);
    if (route != null) {
      route.add(status, source);
    }
  }

  @Override
  public MetricSnapshots collect() {
    CounterSnapshot.Builder requests =
        counter("warmgate_requests", "Requests answered, by listener, status class and reason.");
    CounterSnapshot.Builder sent =
        counter("warmgate_response_body_bytes", "Bytes of bodies sent to clients.");
    CounterSnapshot.Builder perRoute =
        counter("warmgate_route_requests", "Requests answered, by route.");
    HistogramSnapshot.Builder latency =
        HistogramSnapshot.builder()
            .name("warmgate_request_duration_seconds")
            .unit(Unit.SECONDS)
            .help("From a request's head to the end of its answer.");
    for (ListenerCounters listener : listeners.values()) {
      listener.requests(requests);
      listener.sent(sent);
      listener.latency(latency);
    }
    routes.values().forEach(route -> route.requests(perRoute));
    return MetricSnapshots.of(
        requests.build(),
        sent.build(),
        perRoute.build(),
        latency.build(),
        single("warmgate_backend_tries", "Requests sent to backends for clients.", tries),
        single("warmgate_backend_retries", "Of the tries, those after the first.", retries),
        single("warmgate_cache_avoided_requests", "Requests answered without the origin.", avoided),
        single(
            "warmgate_cache_avoided_bytes",
            "Bytes of bodies sent in their answers.",
            avoidedBytes));
  }

  private static CounterSnapshot.Builder counter(String name, String help) {
    return CounterSnapshot.builder().name(name).help(help);
  }

  private static CounterSnapshot single(String name, String help, LongAdder count) {
    return counter(name, help)
        .dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder().value((double) count.sum()).build())
        .build();
  }

  private static <T> T kept(Map<String, T> before, String name, Function<String, T> made) {
    @Nullable T known = before.get(name);
    return known == null ? made.apply(name) : known;
  }
}
