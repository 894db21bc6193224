package io.warmgate.server.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import io.warmgate.server.exchange.Observer.Event;
import io.warmgate.server.exchange.Observer.Part;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What the cache does beside answering: how long its layers take, what fails, what is shared. */
final class CacheMetrics implements MultiCollector {
  private static final Map<Part, String> LAYERS =
      new EnumMap<>(Map.of(Part.L1, "memory", Part.L2, "redis", Part.UPSTREAM, "origin"));

  private final Map<Part, Latency> durations = new EnumMap<>(Part.class);
  private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);

  CacheMetrics() {
    LAYERS.keySet().forEach(part -> durations.put(part, new Latency(Latency.LOOKUP_MICROS)));
    for (Event event : Event.values()) {
      events.put(event, new LongAdder());
    }
  }

  void took(Part part, long nanos) {
    Latency of = durations.get(part);
    if (of != null) {
      of.add(nanos);
    }
  }

  void happened(Event event) {
    Objects.requireNonNull(events.get(event)).increment();
  }

  @Override
  public MetricSnapshots collect() {
    HistogramSnapshot.Builder lookups =
        HistogramSnapshot.builder()
            .name("warmgate_cache_lookup_duration_seconds")
            .unit(Unit.SECONDS)
            .help(
                "A layer's part of a request: memory (one lookup in 64), Redis, the origin's"
                    + " head.");
    durations.forEach(
        (part, duration) ->
            lookups.dataPoint(
                duration.snapshot(Labels.of("layer", Objects.requireNonNull(LAYERS.get(part))))));
    CounterSnapshot.Builder errors =
        counter("warmgate_cache_errors", "What a layer did not give, by layer and kind.");
    CounterSnapshot.Builder coalesced =
        counter("warmgate_cache_coalesced", "Fetches spared by another's under way, by its place.");
    CounterSnapshot.Builder evictions =
        counter("warmgate_cache_redis_evictions", "Entries that this pod had leave Redis.");
    events.forEach(
        (event, count) ->
            (switch (event) {
                  case REDIS_AWAY,
                      REDIS_LATE,
                      REDIS_REFUSED,
                      REDIS_UNREADABLE,
                      ORIGIN_FAILED,
                      ORIGIN_ERROR ->
                      errors;
                  case REDIS_SHARE -> evictions;
                  case JOINED_IN_POD, JOINED_POD -> coalesced;
                })
                .dataPoint(point(labels(event), count)));
    return MetricSnapshots.of(
        lookups.build(), errors.build(), coalesced.build(), evictions.build());
  }

  private static Labels labels(Event event) {
    return switch (event) {
      case REDIS_AWAY -> Labels.of("layer", "redis", "kind", "away");
      case REDIS_LATE -> Labels.of("layer", "redis", "kind", "late");
      case REDIS_REFUSED -> Labels.of("layer", "redis", "kind", "refused");
      case REDIS_UNREADABLE -> Labels.of("layer", "redis", "kind", "unreadable");
      case REDIS_SHARE -> Labels.of("cause", "share");
      case ORIGIN_FAILED -> Labels.of("layer", "origin", "kind", "no-answer");
      case ORIGIN_ERROR -> Labels.of("layer", "origin", "kind", "5xx");
      case JOINED_IN_POD -> Labels.of("scope", "pod");
      case JOINED_POD -> Labels.of("scope", "fleet");
    };
  }

  private static CounterDataPointSnapshot point(Labels labels, LongAdder count) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) count.sum()).build();
  }

  private static CounterSnapshot.Builder counter(String name, String help) {
    return CounterSnapshot.builder().name(name).help(help);
  }
}
