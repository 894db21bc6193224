package io.warmgate.operator.reconcile;

import io.warmgate.operator.rollout.Judge;
import io.warmgate.operator.rollout.Measure;
import io.warmgate.operator.rollout.RolloutSettings;
import io.warmgate.operator.rollout.RolloutState;
import io.warmgate.operator.rollout.Underway;
import io.warmgate.operator.rollout.Verdict;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is counted of the two sides of a gateway's pods while one takes over from the other. */
final class SideMeasures implements AutoCloseable {
  private final Function<String, Measure> measures;
  private @Nullable RolloutState state;
  private @Nullable Measure blue;
  private @Nullable Measure green;
  private @Nullable Measure recent;

  /**
   * @param measures begins to count what the pods of a side are asked
   */
  SideMeasures(Function<String, Measure> measures) {
    this.measures = measures;
  }

  /** This is the state from now on; what is judged by what comes after is counted anew. */
  void state(RolloutState next) {
    if (!(next instanceof Underway underway)) {
      close();
      state = next;
      return;
    }
    if (!(state instanceof Underway before)
        || !before.course().blue().equals(underway.course().blue())
        || !before.course().green().equals(underway.course().green())) {
      close();
      blue = measures.apply(underway.course().blue());
      green = measures.apply(underway.course().green());
    }
    boolean judgedAnew =
        state != null
            && next.judgedSince() != null
            && !next.judgedSince().equals(state.judgedSince());
    if (judgedAnew && recent != null) {
      recent.close();
      recent = null;
    }
    if (recent == null) {
      recent = measures.apply(underway.course().green());
    }
    state = next;
  }

  /** On the side that takes over. */
  Verdict verdict(RolloutSettings.Analysis asked) {
    if (state == null || blue == null || green == null || recent == null) {
      return new Verdict.Good();
    }
    return Judge.judge(asked, (state.judgedSince() == null ? green : recent).all(), blue.all());
  }

  @Override
  public void close() {
    for (Measure measure : new @Nullable Measure[] {blue, green, recent}) {
      if (measure != null) {
        measure.close();
      }
    }
    blue = null;
    green = null;
    recent = null;
  }
}
