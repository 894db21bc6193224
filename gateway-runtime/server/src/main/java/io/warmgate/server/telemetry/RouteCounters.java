package io.warmgate.server.telemetry;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.EnumMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What is counted of a route's requests, where there are few enough routes. */
final class RouteCounters {
  private static final int CLASSES = 6;

  private final String route;
  private final EnumMap<Source, LongAdder[]> requests = new EnumMap<>(Source.class);

  RouteCounters(String route) {
    this.route = route;
    for (Source source : Source.values()) {
      requests.put(
          source, Stream.generate(LongAdder::new).limit(CLASSES).toArray(LongAdder[]::new));
    }
  }

  void add(int status, Source source) {
    requireNonNull(requests.get(source))[ListenerCounters.statusClass(status)].increment();
  }

  void requests(CounterSnapshot.Builder metric) {
    requests.forEach(
        (source, counts) -> {
          for (int status = 0; status < CLASSES; status++) {
            point(metric, source, status, counts[status].sum());
          }
        });
  }

  private void point(CounterSnapshot.Builder metric, Source source, int status, long count) {
    if (count > 0) {
      metric.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(
                  Labels.of(
                      "route",
                      route,
                      "source",
                      source.label(),
                      "status",
                      ListenerCounters.statusLabel(status)))
              .value((double) count)
              .build());
    }
  }
}
