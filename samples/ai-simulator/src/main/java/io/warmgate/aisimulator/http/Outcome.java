package io.warmgate.aisimulator.http;

import io.warmgate.aisimulator.exchange.Answer;
import org.jspecify.annotations.Nullable;

/** Counts once how an answer ended. Used by one event loop. */
final class Outcome {
  private final Answer.@Nullable By by;
  private boolean known;

  Outcome(Answer.@Nullable By by) {
    this.by = by;
  }

  void ended() {
    if (by != null && !known) {
      by.model().ended();
    }
    known = true;
  }

  void brokeOff() {
    if (by != null && !known) {
      by.model().brokeOff();
    }
    known = true;
  }
}
