package io.warmgate.local.fault;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How often an origin was asked.
 *
 * @param askedNanos when, by {@link System#nanoTime}, in order
 */
record OriginLoad(List<Long> askedNanos) {
  OriginLoad {
    askedNanos = List.copyOf(askedNanos);
  }

  /** Of origins that are one machine's, together. */
  static OriginLoad of(ReleaseOrigin... origins) {
    return new OriginLoad(
        Stream.of(origins).flatMap(origin -> origin.askedNanos().stream()).sorted().toList());
  }

  /** What it was asked from a time on, until another. */
  OriginLoad between(long fromNanos, long toNanos) {
    return new OriginLoad(
        askedNanos.stream().filter(at -> at - fromNanos >= 0 && at - toNanos < 0).toList());
  }

  /** Over a time that it is known of, requests a second. */
  double perSecond(Duration time) {
    return askedNanos.size() * 1e9 / time.toNanos();
  }

  /** The highest mean of so long a time, requests a second. */
  double peakPerSecond(Duration window) {
    int most = 0;
    int from = 0;
    for (int to = 0; to < askedNanos.size(); to++) {
      while (askedNanos.get(to) - askedNanos.get(from) > window.toNanos()) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most * 1e9 / window.toNanos();
  }
}
