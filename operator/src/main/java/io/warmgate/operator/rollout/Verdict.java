package io.warmgate.operator.rollout;

/** What the traffic of the new release says of it, and the check of its user. */
public sealed interface Verdict {

  /** Nothing that speaks against it. */
  record Good() implements Verdict {}

  /**
   * It is worse than it may be.
   *
   * @param why with figures, or with the check's words
   */
  record Bad(String why) implements Verdict {}

  /** It is being asked. That ends by itself, within a time that the settings bound. */
  record Pending() implements Verdict {}

  /**
   * There was too little to judge by.
   *
   * @param why with figures, or what became of the check
   */
  record Inconclusive(String why) implements Verdict {}

  /** What two judges come to: the worse of both, and both reasons where they agree on it. */
  default Verdict and(Verdict other) {
    return switch (this) {
      case Bad(String why) when other instanceof Bad(String too) -> new Bad(why + "; " + too);
      case Inconclusive(String why) when other instanceof Inconclusive(String too) ->
          new Inconclusive(why + "; " + too);
      case Good _, Bad _, Pending _, Inconclusive _ -> weight() >= other.weight() ? this : other;
    };
  }

  private int weight() {
    return switch (this) {
      case Good _ -> 0;
      case Inconclusive _ -> 1;
      case Pending _ -> 2;
      case Bad _ -> 3;
    };
  }
}
