package io.warmgate.aisimulator.model;

import org.jspecify.annotations.Nullable;

/** What becomes of a well-formed request. */
public sealed interface Admission {
  /** Where the model's limit stands; null where it has none. */
  @Nullable RateStanding standing();

  /**
   * It is answered.
   *
   * @param behavior as it was when the request came
   */
  record Goes(ModelBehavior behavior, @Nullable RateStanding standing) implements Admission {}

  /** It fails, because the model was told so. */
  record Fails(Failure failure, @Nullable RateStanding standing) implements Admission {}

  /** It is over the limit. */
  record TooMany(RateStanding standing) implements Admission {}
}
