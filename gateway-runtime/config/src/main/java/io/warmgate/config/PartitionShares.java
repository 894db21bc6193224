package io.warmgate.config;

import org.jspecify.annotations.Nullable;

/**
 * What the entries of one partition may take, so that none pushes others' out. Entries that are
 * everybody's belong to no partition.
 *
 * @param memory of L1, in each pod
 * @param redis of L2
 */
public record PartitionShares(CacheShare memory, CacheShare redis) {
  public static final PartitionShares DEFAULT =
      new PartitionShares(CacheShare.QUARTER, CacheShare.QUARTER);

  public PartitionShares {
    Check.present("memory", memory);
    Check.present("redis", redis);
  }

  /** The value that is not written: Jackson asks it whether a value equals it. */
  static final class Unsaid {
    @Override
    public boolean equals(@Nullable Object value) {
      return value == null || DEFAULT.equals(value);
    }

    @Override
    public int hashCode() {
      return DEFAULT.hashCode();
    }
  }
}
