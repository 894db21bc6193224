package io.warmgate.server.traffic;

import io.warmgate.config.admin.Latencies;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** Counts durations. Takes its room, some 1.4 KB, with the first. */
final class LatencyCounts {
  private volatile @Nullable AtomicLongArray buckets;

  void add(long nanos) {
    AtomicLongArray counts = buckets;
    (counts == null ? made() : counts).incrementAndGet(Latencies.bucket(nanos / 1_000));
  }

  private synchronized AtomicLongArray made() {
    AtomicLongArray counts = buckets;
    if (counts == null) {
      counts = new AtomicLongArray(Latencies.BUCKETS);
      buckets = counts;
    }
    return counts;
  }

  Latencies read() {
    AtomicLongArray counts = buckets;
    if (counts == null) {
      return Latencies.NONE;
    }
    SortedMap<Integer, Long> read = new TreeMap<>();
    for (int i = 0; i < counts.length(); i++) {
      read.put(i, counts.get(i));
    }
    return new Latencies(read);
  }
}
