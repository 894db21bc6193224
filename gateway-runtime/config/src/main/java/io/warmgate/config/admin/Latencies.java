package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A histogram of durations. Its buckets are the same everywhere, eight to each doubling (as in
 * HdrHistogram), so that histograms are added and subtracted bucket by bucket, and a quantile is
 * wrong by 1/16 of itself at most.
 *
 * @param buckets number of the bucket → how many are in it; those with none are left out
 */
public record Latencies(@JsonValue SortedMap<Integer, Long> buckets) {
  /** Buckets to a doubling: 2 to this power. */
  private static final int FINENESS = 3;

  /** What is shorter, in microseconds, is in bucket 0: 2 to this power. */
  private static final int SHORTEST = 6;

  /** Doublings that are told apart: what takes longer than 134 s is in the last bucket. */
  private static final int DOUBLINGS = 21;

  /** How many buckets there are. */
  public static final int BUCKETS = 1 + (DOUBLINGS << FINENESS);

  /** Of nothing. */
  public static final Latencies NONE = new Latencies(new TreeMap<>());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Latencies {
    buckets = Counts.of(buckets);
  }

  /** Where a duration belongs. */
  public static int bucket(long micros) {
    if (micros < 1L << SHORTEST) {
      return 0;
    }
    int doubling = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
    int part = (int) (micros >>> (doubling - FINENESS)) & ((1 << FINENESS) - 1);
    return Math.min(BUCKETS - 1, 1 + ((doubling - SHORTEST) << FINENESS) + part);
  }

  /** The middle of a bucket, in microseconds. */
  static long middle(int bucket) {
    if (bucket == 0) {
      return 1L << (SHORTEST - 1);
    }
    int doubling = SHORTEST + ((bucket - 1) >> FINENESS);
    int part = (bucket - 1) & ((1 << FINENESS) - 1);
    long width = 1L << (doubling - FINENESS);
    return (1L << doubling) + part * width + width / 2;
  }

  public long count() {
    return buckets.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The duration that this share of all is not longer than, in microseconds.
   *
   * @param share 0 to 1
   * @return empty of nothing
   */
  public OptionalLong quantileMicros(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * count()));
    long seen = 0;
    for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
      seen += bucket.getValue();
      if (seen >= rank) {
        return OptionalLong.of(middle(bucket.getKey()));
      }
    }
    return OptionalLong.empty();
  }

  public Latencies plus(Latencies other) {
    return new Latencies(Counts.plus(buckets, other.buckets));
  }

  /** Since {@code before}. */
  public Latencies minus(Latencies before) {
    return new Latencies(Counts.minus(buckets, before.buckets));
  }
}
