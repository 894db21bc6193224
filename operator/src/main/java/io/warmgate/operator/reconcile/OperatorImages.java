package io.warmgate.operator.reconcile;

/**
 * What the operator was installed with.
 *
 * @param runtime image of gateways that name none
 * @param redis image of Standalone RedisCaches that name none
 * @param namespace where the operator runs
 */
public record OperatorImages(String runtime, String redis, String namespace) {}
