package io.warmgate.operator.status;

import io.warmgate.operator.translate.ObjectKey;

/**
 * The status that an object should have.
 *
 * @param changed whether it differs from the one it has: only then is it written
 * @param settled whether it is an outcome; one that is not is written after 1 s at the earliest,
 *     since it may be one by then
 */
public record ObjectStatus<S>(ObjectKey object, S status, boolean changed, boolean settled) {}
