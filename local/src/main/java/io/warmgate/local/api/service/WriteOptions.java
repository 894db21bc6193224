package io.warmgate.local.api.service;

import java.time.Instant;

/**
 * How to write.
 *
 * @param manager who writes, as managed fields name it
 * @param now the time of the write
 */
public record WriteOptions(
    Persistence persistence, String manager, FieldValidation validation, Force force, Instant now) {

  /** Whether the outcome is kept ({@code dryRun=All} keeps nothing). */
  public enum Persistence {
    KEPT,
    DRY_RUN
  }

  /** What becomes of fields that the schema does not know: {@code fieldValidation}. */
  public enum FieldValidation {
    STRICT,
    WARN,
    IGNORE
  }

  /** Whether an apply takes over fields of other managers. */
  public enum Force {
    NO,
    YES
  }

  boolean dryRun() {
    return persistence == Persistence.DRY_RUN;
  }
}
