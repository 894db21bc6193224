package io.warmgate.server.warm;

import io.warmgate.config.admin.WarmOrder.Action;
import io.warmgate.config.admin.WarmReport.Result;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests were warmed, by what was wanted and what became of it. */
public final class WarmCounts {
  private final ConcurrentMap<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  private record Kind(Action action, Result result) {}

  public WarmCounts() {
    for (Action action : Action.values()) {
      for (Result result : Result.values()) {
        counts.put(new Kind(action, result), new LongAdder());
      }
    }
  }

  void count(Action action, Result result) {
    adder(action, result).increment();
  }

  /** So far. */
  public long of(Action action, Result result) {
    return adder(action, result).sum();
  }

  private LongAdder adder(Action action, Result result) {
    return Objects.requireNonNull(counts.get(new Kind(action, result)));
  }
}
