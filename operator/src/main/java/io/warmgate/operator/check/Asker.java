package io.warmgate.operator.check;

import io.warmgate.operator.rollout.RolloutSettings.Check;

/** Asks a check once, and waits for the answer: for the check's timeout at most. */
@FunctionalInterface
interface Asker {
  Answer ask(Check check);
}
