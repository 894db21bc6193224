package io.warmgate.server.limit;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what limits do, by name: those that the configuration names, as long as it names no more
 * than {@link #MAX_NAMES}; beyond that together.
 */
public final class LimitCounts implements MultiCollector {
  static final int MAX_NAMES = 200;

  /** What limits of which there are too many are counted under. */
  static final String OTHER = "other";

  /** What became of a request at a limit. */
  public enum Outcome {
    ADMITTED,
    REFUSED,
    /** It would have been refused, and was not, since the limit only watches. */
    SHADOWED
  }

  /** What became of a call to Redis. */
  public enum Call {
    ANSWERED,
    FAILED
  }

  private final Map<Call, LongAdder> calls = of(Call.class);
  private volatile Map<String, Map<Outcome, LongAdder>> names = Map.of();

  /** From now on for these names; who goes on being named keeps its counts. */
  void configure(Set<String> configured) {
    Map<String, Map<Outcome, LongAdder>> next = new HashMap<>();
    if (configured.size() <= MAX_NAMES) {
      for (String name : configured) {
        Map<Outcome, LongAdder> known = names.get(name);
        next.put(name, known == null ? of(Outcome.class) : known);
      }
    }
    Map<Outcome, LongAdder> other = names.get(OTHER);
    next.putIfAbsent(OTHER, other == null ? of(Outcome.class) : other);
    names = Map.copyOf(next);
  }

  void add(String name, Outcome outcome) {
    Map<Outcome, LongAdder> counts = names.get(name);
    if (counts == null) {
      counts = names.get(OTHER);
    }
    if (counts != null) {
      sum(counts, outcome).increment();
    }
  }

  void add(Call call) {
    sum(calls, call).increment();
  }

  /** How many calls to Redis became that. */
  public long calls(Call call) {
    return sum(calls, call).sum();
  }

  /** How many requests became that at limits of the name. */
  public long of(String name, Outcome outcome) {
    Map<Outcome, LongAdder> counts = names.get(name);
    return counts == null ? 0 : sum(counts, outcome).sum();
  }

  @Override
  public MetricSnapshots collect() {
    CounterSnapshot.Builder limits =
        CounterSnapshot.builder()
            .name("warmgate_limit")
            .help("Requests at limits, by the limit's name and what became of them.");
    names.forEach(
        (name, counts) ->
            counts.forEach(
                (outcome, count) ->
                    limits.dataPoint(
                        point(Labels.of("limit", name, "outcome", label(outcome)), count))));
    CounterSnapshot.Builder redis =
        CounterSnapshot.builder()
            .name("warmgate_limit_redis_calls")
            .help("Calls to Redis for limits, by what became of them.");
    calls.forEach(
        (call, count) -> redis.dataPoint(point(Labels.of("outcome", label(call)), count)));
    return MetricSnapshots.of(limits.build(), redis.build());
  }

  private static <E extends Enum<E>> Map<E, LongAdder> of(Class<E> type) {
    Map<E, LongAdder> counts = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      counts.put(constant, new LongAdder());
    }
    return counts;
  }

  private static <E> LongAdder sum(Map<E, LongAdder> counts, E constant) {
    return Objects.requireNonNull(counts.get(constant));
  }

  private static CounterDataPointSnapshot point(Labels labels, LongAdder count) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) count.sum()).build();
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
