package io.warmgate.server.ai;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Who asks: what that means for which of several models of one name is asked. */
enum Asker {
  /** Chance decides, by weight, and the others stand in for the one that is chosen. */
  CLIENT {
    @Override
    long draw(long below) {
      return ThreadLocalRandom.current().nextLong(below);
    }

    @Override
    List<Choice> order(List<Choice> drawn) {
      return drawn;
    }
  },
  /**
   * The gateway, which asks for the answer that is kept: the one in the middle of what chance
   * gives, so that it is the same in each pod and each time, and no other.
   */
  GATEWAY {
    @Override
    long draw(long below) {
      return below / 2;
    }

    @Override
    List<Choice> order(List<Choice> drawn) {
      return drawn.subList(0, 1);
    }
  };

  /** From 0 to below the argument. */
  abstract long draw(long below);

  /** Who is asked, one after the other, of those that were drawn in this order. */
  abstract List<Choice> order(List<Choice> drawn);
}
