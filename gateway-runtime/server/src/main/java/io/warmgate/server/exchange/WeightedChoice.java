package io.warmgate.server.exchange;

import io.warmgate.config.BackendRef;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which share of a rule a request belongs to. */
public final class WeightedChoice {
  private WeightedChoice() {}

  /**
   * @param draw from 0 to below its argument
   * @return null where nothing has a weight (Gateway API: then the answer is a 500)
   */
  public static @Nullable BackendRef choose(List<BackendRef> backends, LongUnaryOperator draw) {
    if (backends.size() == 1) {
      return backends.get(0).weight() > 0 ? backends.get(0) : null;
    }
    long sum = 0;
    for (BackendRef backend : backends) {
      sum += backend.weight();
    }
    if (sum == 0) {
      return null;
    }
    long drawn = draw.applyAsLong(sum);
    for (BackendRef backend : backends) {
      drawn -= backend.weight();
      if (drawn < 0) {
        return backend;
      }
    }
    return null;
  }
}
