package io.warmgate.operator.status;

/** What is to be done for a {@code CacheWarmup}, once its status was written. */
public sealed interface WarmupAction {

  /** Have it warmed; doing it twice is once. What is not asked for any more ends. */
  record Warm(WarmupScope scope) implements WarmupAction {}

  /** Delete the object: it has been finished for long enough. */
  record Delete() implements WarmupAction {}
}
