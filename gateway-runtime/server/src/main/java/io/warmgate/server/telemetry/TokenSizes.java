package io.warmgate.server.telemetry;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** A histogram of numbers of tokens; its bounds are powers of four, as the conventions say. */
final class TokenSizes {
  private static final int BOUNDS = 14;

  private final LongAdder[] buckets =
      Stream.generate(LongAdder::new).limit(BOUNDS + 1).toArray(LongAdder[]::new);
  private final LongAdder sum = new LongAdder();

  void add(long tokens) {
    int bucket = 0;
    while (bucket < BOUNDS && tokens > bound(bucket)) {
      bucket++;
    }
    buckets[bucket].increment();
    sum.add(tokens);
  }

  private static long bound(int bucket) {
    return 1L << (2 * bucket);
  }

  HistogramDataPointSnapshot snapshot(Labels labels) {
    double[] bounds = new double[BOUNDS + 1];
    long[] counts = new long[BOUNDS + 1];
    for (int i = 0; i <= BOUNDS; i++) {
      bounds[i] = i < BOUNDS ? (double) bound(i) : Double.POSITIVE_INFINITY;
      counts[i] = buckets[i].sum();
    }
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
        .sum((double) sum.sum())
        .build();
  }
}
