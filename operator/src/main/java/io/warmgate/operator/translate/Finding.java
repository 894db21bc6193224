package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;

/**
 * Something that makes a condition of an object {@code False}.
 *
 * @param message for a person: the field, what is wrong with it, the cure
 */
public record Finding(
    ObjectKey object, ConditionType type, ConditionReason reason, String message) {}
