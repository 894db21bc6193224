package io.warmgate.operator.reconcile;

/**
 * What the operator was installed with.
 *
 * @param runtimeImage of gateways that name none
 * @param redisImage of Standalone RedisCaches that name none
 * @param namespace where the operator runs
 * @param account its ServiceAccount there
 */
public record Installation(
    String runtimeImage, String redisImage, String namespace, String account) {}
