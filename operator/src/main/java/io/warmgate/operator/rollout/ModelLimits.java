package io.warmgate.operator.rollout;

import io.warmgate.config.admin.WarmReport.Cost;
import org.jspecify.annotations.Nullable;

/**
 * What one warm-up of a route may cost at providers of models.
 *
 * @param maxInferences so many questions; 0: none is asked
 * @param maxTokens of all of them together, read and written; {@link Long#MAX_VALUE}: no bound
 * @param maxCost of all of them together; null: no bound
 */
public record ModelLimits(int maxInferences, long maxTokens, @Nullable Cost maxCost) {
  public static final ModelLimits DEFAULT = new ModelLimits(1_000, Long.MAX_VALUE, null);
}
