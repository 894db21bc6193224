package io.warmgate.config.admin;

import io.warmgate.config.ConfigException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counters by name, without those that are zero. */
final class Counts {
  private Counts() {}

  static <K extends Comparable<K>> SortedMap<K, Long> of(@Nullable Map<K, Long> counts) {
    if (counts == null) {
      throw new ConfigException("", "lacks counts");
    }
    SortedMap<K, Long> kept = new TreeMap<>(counts);
    kept.values().removeIf(count -> count == 0);
    return Collections.unmodifiableSortedMap(kept);
  }

  static <K extends Comparable<K>> SortedMap<K, Long> plus(Map<K, Long> one, Map<K, Long> other) {
    SortedMap<K, Long> sum = new TreeMap<>(one);
    other.forEach((name, count) -> sum.merge(name, count, Long::sum));
    return sum;
  }

  static <K extends Comparable<K>> SortedMap<K, Long> minus(Map<K, Long> now, Map<K, Long> before) {
    SortedMap<K, Long> grown = new TreeMap<>();
    now.forEach(
        (name, count) -> grown.put(name, Math.max(0, count - before.getOrDefault(name, 0L))));
    return grown;
  }
}
