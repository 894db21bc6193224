package io.warmgate.server.ai;

import io.warmgate.ai.chat.ErrorKind;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Models, and keys that they are asked with, that this pod does not ask for a while where others
 * can be: since their provider said so, or since models failed again and again. When that while is
 * over they are asked again, and a model's next failure makes it longer. Safe for threads.
 */
public final class Rests {
  /** So many failures after each other are no accident. */
  private static final int IN_A_ROW = 3;

  private static final long SHORTEST_SECONDS = 1;
  private static final long LONGEST_SECONDS = 60;

  private final LongSupplier nanos;
  private final ConcurrentHashMap<String, Rest> rests = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, KeyRest> keys = new ConcurrentHashMap<>();

  /**
   * @param failures after each other
   * @param until the clock's
   */
  private record Rest(int failures, long until) {}

  /**
   * Of a key. The one that is likely to be good first is the least.
   *
   * @param isRefused it had better be another one; else it was asked with too much
   * @param until the clock's
   */
  record KeyRest(boolean isRefused, long until) implements Comparable<KeyRest> {
    @Override
    public int compareTo(KeyRest other) {
      int refused = Boolean.compare(isRefused, other.isRefused);
      return refused == 0 ? Long.signum(until - other.until) : refused;
    }
  }

  /**
   * @param nanos a clock that never goes back, such as {@link System#nanoTime()}
   */
  public Rests(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether others are asked first. */
  boolean rests(String model) {
    Rest rest = rests.get(model);
    return rest != null && rest.until - nanos.getAsLong() > 0;
  }

  /** Whether others are asked with first. */
  boolean rests(ModelKey key) {
    KeyRest rest = keys.get(key.id());
    return rest != null && rest.until - nanos.getAsLong() > 0;
  }

  /** Of a key that rests, or did. */
  KeyRest rest(ModelKey key) {
    return Objects.requireNonNull(keys.get(key.id()), "it was resting");
  }

  /**
   * A provider takes no more of a key, or none of it.
   *
   * @param retryAfterSeconds as the provider said; null: it did not
   */
  void failed(ModelKey key, ErrorKind kind, @Nullable Long retryAfterSeconds) {
    boolean isRefused = !Failover.isBusy(kind);
    long seconds = isRefused ? LONGEST_SECONDS : seconds(1, kind, retryAfterSeconds);
    keys.put(
        key.id(), new KeyRest(isRefused, nanos.getAsLong() + TimeUnit.SECONDS.toNanos(seconds)));
  }

  void answered(String model) {
    rests.remove(model);
  }

  /**
   * @param retryAfterSeconds as the provider said; null: it did not
   */
  void failed(String model, ErrorKind kind, @Nullable Long retryAfterSeconds) {
    rests.compute(
        model,
        (_, before) -> {
          int failures = before == null ? 1 : before.failures + 1;
          long seconds = seconds(failures, kind, retryAfterSeconds);
          return new Rest(failures, nanos.getAsLong() + TimeUnit.SECONDS.toNanos(seconds));
        });
  }

  /** For how long it rests; 0: not at all. */
  static long seconds(int failures, ErrorKind kind, @Nullable Long retryAfterSeconds) {
    if (Failover.isBusy(kind)) {
      return Math.clamp(
          retryAfterSeconds == null ? SHORTEST_SECONDS : retryAfterSeconds,
          SHORTEST_SECONDS,
          LONGEST_SECONDS);
    }
    int beyond = failures - IN_A_ROW;
    return beyond < 0 ? 0 : Math.min(LONGEST_SECONDS, SHORTEST_SECONDS << Math.min(beyond, 6));
  }
}
