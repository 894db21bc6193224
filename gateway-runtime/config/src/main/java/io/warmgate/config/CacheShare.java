package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How much of a cache one partition's entries may take together. Exactly one of the two is given.
 *
 * @param percent of what the whole may take, 1 to 100; 100 bounds nobody
 * @param bytes absolute
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CacheShare(@Nullable Integer percent, @Nullable Long bytes) {
  /** Four partitions have to fill theirs before the others' room begins to go. */
  public static final CacheShare QUARTER = ofPercent(25);

  public CacheShare {
    Check.that((percent == null) != (bytes == null), "", "needs one of percent and bytes");
    if (percent != null) {
      Check.range("percent", percent, 1, 100);
    }
    if (bytes != null) {
      Check.range("bytes", bytes, 1, 1L << 50);
    }
  }

  public static CacheShare ofPercent(int percent) {
    return new CacheShare(percent, null);
  }

  public static CacheShare ofBytes(long bytes) {
    return new CacheShare(null, bytes);
  }

  /** Whether nobody is bounded. */
  public boolean boundsNobody() {
    return percent != null && percent == 100;
  }

  /**
   * In bytes.
   *
   * @param whole what the cache may take, in bytes
   */
  public long of(long whole) {
    return percent != null ? whole / 100 * percent + whole % 100 * percent / 100 : orZero(bytes);
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
