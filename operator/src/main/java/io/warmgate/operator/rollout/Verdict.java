package io.warmgate.operator.rollout;

/** What the traffic of the new release says of it. */
public sealed interface Verdict {

  /** Nothing that speaks against it. */
  record Good() implements Verdict {}

  /**
   * It is worse than it may be.
   *
   * @param why with figures
   */
  record Bad(String why) implements Verdict {}

  /**
   * There was too little to judge by.
   *
   * @param why with figures
   */
  record Inconclusive(String why) implements Verdict {}
}
