package io.warmgate.server.limit;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** What {@link LimitScript} does with one window, without a Redis. Times are in milliseconds. */
final class CountedInRedis {
  private final long width;
  private final TreeMap<Long, Long> counts = new TreeMap<>();

  CountedInRedis(long perMillis) {
    width = Math.ceilDiv(perMillis, SlidingWindow.SLICES);
  }

  long slice(long now) {
    return now / width;
  }

  long used(long now) {
    counts.headMap(slice(now) - SlidingWindow.SLICES).clear();
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  Ask.Answer answer(Ask.Window ask, long now) {
    long slice = slice(now);
    used(now);
    ask.back()
        .forEach(
            (at, back) -> counts.computeIfPresent(at, (_, count) -> Math.max(0, count - back)));
    counts.merge(slice, ask.spent(), Long::sum);
    long free = ask.amount() - used(now);
    long granted =
        free < ask.least()
            ? 0
            : Math.max(0, Math.min(free, Math.max(ask.need(), Math.min(ask.want(), free / 8))));
    counts.merge(slice, granted, Long::sum);
    long oldest =
        counts.entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(Map.Entry::getKey)
            .min(Comparator.naturalOrder())
            .orElse(slice);
    return new Ask.Answer(
        granted,
        Math.max(0, free - granted),
        (oldest + SlidingWindow.SLICES + 1) * width - now,
        (slice + 1) * width - now,
        slice);
  }
}
