package io.warmgate.aisimulator.model;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Keys that are told apart; all others may do what they like. Safe for use by several threads. */
public final class ApiKeys {
  private final Map<String, Told> keys = new ConcurrentSkipListMap<>();
  private final InstantSource clock;

  public ApiKeys(InstantSource clock) {
    this.clock = clock;
  }

  /** What a key does, and what it has done. */
  private record Told(
      KeyBehavior behavior,
      AtomicInteger failuresLeft,
      @Nullable RateWindow window,
      LongAdder requests,
      LongAdder refused) {}

  /** What has come of a key. */
  public record State(KeyBehavior behavior, long requests, long refused) {}

  /** Why a request goes no further. */
  public sealed interface Refusal {
    /** The key was told to fail. */
    record Fails(Failure failure) implements Refusal {}

    /** There were too many. */
    record TooMany(long resetSeconds) implements Refusal {}
  }

  /** Counts anew, and does that from now on. */
  public void set(String key, KeyBehavior behavior) {
    Failure failure = behavior.failure();
    Integer times = failure == null ? null : failure.times();
    RateLimit limit = behavior.rateLimit();
    keys.put(
        key,
        new Told(
            behavior,
            new AtomicInteger(times == null ? Integer.MAX_VALUE : times),
            limit == null ? null : new RateWindow(limit, clock),
            new LongAdder(),
            new LongAdder()));
  }

  /** It is as any other. */
  public void remove(String key) {
    keys.remove(key);
  }

  /** All are as any other. */
  public void reset() {
    keys.clear();
  }

  /** Why a request with that key goes no further; null: it does. */
  public @Nullable Refusal refusal(String key) {
    Told told = keys.get(key);
    if (told == null) {
      return null;
    }
    told.requests().increment();
    Refusal refusal = refusal(told);
    if (refusal != null) {
      told.refused().increment();
    }
    return refusal;
  }

  private static @Nullable Refusal refusal(Told told) {
    RateStanding standing = told.window() == null ? null : told.window().take();
    if (standing != null && standing.exhausted()) {
      return new Refusal.TooMany(standing.resetSeconds());
    }
    Failure failure = told.behavior().failure();
    return failure != null && failsOnceMore(told, failure) ? new Refusal.Fails(failure) : null;
  }

  private static boolean failsOnceMore(Told told, Failure failure) {
    return failure.times() == null
        || told.failuresLeft().getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  /** Those that were told apart, by name. */
  public Map<String, State> all() {
    Map<String, State> all = new ConcurrentSkipListMap<>();
    keys.forEach(
        (key, told) ->
            all.put(key, new State(told.behavior(), told.requests().sum(), told.refused().sum())));
    return all;
  }
}
