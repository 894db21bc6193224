/**
 * Rollouts as pure functions: in which state one is, what was observed, what follows. See {@link
 * io.warmgate.operator.rollout.RolloutState} for the picture.
 */
@NullMarked
package io.warmgate.operator.rollout;

import org.jspecify.annotations.NullMarked;
