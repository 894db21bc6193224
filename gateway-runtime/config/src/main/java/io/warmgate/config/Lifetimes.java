package io.warmgate.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long answers are fresh, beside a rule's default and longest lifetime.
 *
 * @param mode whose word goes first
 * @param byStatus for answers of one status
 * @param negativeMillis for 404, 410 and 451 that say nothing themselves; null: those are not kept
 */
public record Lifetimes(Mode mode, List<OfStatus> byStatus, @Nullable Long negativeMillis) {
  /** The answer's own word goes first, and no status is special. */
  public static final Lifetimes NONE = new Lifetimes(Mode.HONOR, List.of(), null);

  /** Whose lifetimes go first. */
  public enum Mode {
    /** The answer's, where it has one. */
    HONOR,
    /** The policy's, where it has one for the answer. */
    OVERRIDE
  }

  /**
   * The lifetime of answers of one status.
   *
   * @param status 200 to 599, or the first digit of a class: 2 or 3
   */
  public record OfStatus(int status, long millis) {
    public OfStatus {
      if (status != 2 && status != 3) {
        Check.range("status", status, 200, 599);
      }
      Check.range("millis", millis, 0, Long.MAX_VALUE);
    }
  }

  public Lifetimes {
    Check.present("mode", mode);
    byStatus = Check.list("byStatus", byStatus);
    Check.unique("byStatus", "status", byStatus, OfStatus::status);
    Check.range("negativeMillis", negativeMillis == null ? 0 : negativeMillis, 0, Long.MAX_VALUE);
  }
}
