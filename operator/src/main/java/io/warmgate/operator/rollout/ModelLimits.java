package io.warmgate.operator.rollout;

/**
 * What one warm-up of a route may cost at providers of models.
 *
 * @param maxInferences so many questions; 0: none is asked
 * @param maxTokens of all of them together, read and written; {@link Long#MAX_VALUE}: no bound
 */
public record ModelLimits(int maxInferences, long maxTokens) {
  public static final ModelLimits DEFAULT = new ModelLimits(1_000, Long.MAX_VALUE);
}
