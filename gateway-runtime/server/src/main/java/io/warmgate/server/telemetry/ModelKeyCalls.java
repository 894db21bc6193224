package io.warmgate.server.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Inference.Ending;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls to models that are asked with several keys, by key: which of them its provider refuses, or
 * has asked too much of. Names are the configuration's; past {@link #MAX_SERIES} keys that come new
 * are {@link #OTHER}.
 */
final class ModelKeyCalls implements MultiCollector {
  static final int MAX_SERIES = 1_000;
  static final String OTHER = "other";

  private final Map<Series, LongAdder> all = new ConcurrentHashMap<>();

  private record Series(String model, String key, Ending ending) {
    Labels labels() {
      Labels labels = Labels.of("model", model, "key", key);
      String error = GenAi.error(ending);
      return error == null ? labels : labels.add("error_type", error);
    }
  }

  void add(Inference inference) {
    String key = inference.key();
    if (key == null) {
      return;
    }
    String model = inference.model().label();
    Series series = new Series(model, key, inference.ending());
    LongAdder known = all.get(series);
    if (known == null) {
      Series kept = all.size() < MAX_SERIES ? series : new Series(model, OTHER, inference.ending());
      known = all.computeIfAbsent(kept, _ -> new LongAdder());
    }
    known.increment();
  }

  @Override
  public MetricSnapshots collect() {
    CounterSnapshot.Builder calls =
        CounterSnapshot.builder()
            .name("warmgate_model_key_calls")
            .help("Calls to models that are asked with several keys.");
    all.forEach(
        (series, count) ->
            calls.dataPoint(
                CounterDataPointSnapshot.builder()
                    .labels(series.labels())
                    .value((double) count.sum())
                    .build()));
    return MetricSnapshots.of(calls.build());
  }
}
