package io.warmgate.server.telemetry;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.EnumMap;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of a listener's requests. */
final class ListenerCounters {
  private static final int CLASSES = 6;

  private final String listener;
  private final LongAdder[] requests = new LongAdder[CLASSES * ReasonIndex.size()];
  private final EnumMap<Source, Latency> latency = new EnumMap<>(Source.class);
  private final LongAdder sent = new LongAdder();

  ListenerCounters(String listener) {
    this.listener = listener;
    for (int i = 0; i < requests.length; i++) {
      requests[i] = new LongAdder();
    }
    for (Source source : Source.values()) {
      latency.put(source, new Latency(Latency.REQUEST_MICROS));
    }
  }

  /**
   * @param status 0 where the answer broke off before its head
   */
  void add(int status, int reason, Source source, long nanos, long bytes) {
    requests[statusClass(status) * ReasonIndex.size() + reason].increment();
    of(source).add(nanos);
    sent.add(bytes);
  }

  void requests(CounterSnapshot.Builder metric) {
    for (int i = 0; i < requests.length; i++) {
      long count = requests[i].sum();
      if (count > 0) {
        metric.dataPoint(
            CounterDataPointSnapshot.builder()
                .labels(
                    Labels.of(
                        "listener",
                        listener,
                        "reason",
                        ReasonIndex.token(i % ReasonIndex.size()),
                        "status",
                        statusLabel(i / ReasonIndex.size())))
                .value((double) count)
                .build());
      }
    }
  }

  void latency(HistogramSnapshot.Builder metric) {
    for (Source source : Source.values()) {
      metric.dataPoint(
          of(source).snapshot(Labels.of("listener", listener, "source", source.label())));
    }
  }

  private Latency of(Source source) {
    return requireNonNull(latency.get(source));
  }

  void sent(CounterSnapshot.Builder metric) {
    metric.dataPoint(
        CounterDataPointSnapshot.builder()
            .labels(Labels.of("listener", listener))
            .value((double) sent.sum())
            .build());
  }

  static int statusClass(int status) {
    return status >= 100 && status < 600 ? status / 100 : 0;
  }

  static String statusLabel(int statusClass) {
    return statusClass == 0 ? "none" : statusClass + "xx";
  }
}
