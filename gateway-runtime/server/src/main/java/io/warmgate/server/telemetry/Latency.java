package io.warmgate.server.telemetry;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.concurrent.atomic.LongAdder;

/** A histogram of durations that event loops add to without meeting each other. */
final class Latency {
  /** For whole requests. */
  static final long[] REQUEST_MICROS = {
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000
  };

  /** For lookups: from memory's microseconds to an origin's seconds. */
  static final long[] LOOKUP_MICROS = {
    1,
    2,
    5,
    10,
    25,
    50,
    100,
    250,
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    10_000_000
  };

  private final long[] bounds;
  private final LongAdder[] buckets;
  private final LongAdder sumNanos = new LongAdder();

  /**
   * @param bounds of its buckets, in microseconds, ascending; kept, not copied
   */
  Latency(long[] bounds) {
    this.bounds = bounds;
    this.buckets = new LongAdder[bounds.length + 1];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  void add(long nanos) {
    int bucket = 0;
    while (bucket < bounds.length && nanos > bounds[bucket] * 1_000) {
      bucket++;
    }
    buckets[bucket].increment();
    sumNanos.add(nanos);
  }

  HistogramDataPointSnapshot snapshot(Labels labels) {
    long[] counts = new long[buckets.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = buckets[i].sum();
    }
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(ClassicHistogramBuckets.of(seconds(), counts))
        .sum(sumNanos.sum() / 1e9)
        .build();
  }

  private double[] seconds() {
    double[] seconds = new double[bounds.length + 1];
    for (int i = 0; i < bounds.length; i++) {
      seconds[i] = bounds[i] / 1e6;
    }
    seconds[bounds.length] = Double.POSITIVE_INFINITY;
    return seconds;
  }
}
