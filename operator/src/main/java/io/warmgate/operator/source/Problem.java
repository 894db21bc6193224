package io.warmgate.operator.source;

import io.warmgate.crd.v1alpha1.ConditionReason;

/**
 * A source that cannot be used, in part or as a whole.
 *
 * @param message for a person: the field, what is wrong with it, the cure
 */
public record Problem(ConditionReason reason, String message) {}
