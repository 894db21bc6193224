package io.warmgate.operator.reconcile;

import io.warmgate.operator.rollout.Measure;
import io.warmgate.operator.rollout.Sample;
import java.util.Set;

/** A measure of pods that nobody asks. */
final class Uncounted implements Measure {
  @Override
  public Sample of(String route, Set<String> generations) {
    return Sample.NONE;
  }

  @Override
  public Sample all() {
    return Sample.NONE;
  }

  @Override
  public Sample lately(String route, Set<String> generations) {
    return Sample.NONE;
  }

  @Override
  public void close() {}
}
