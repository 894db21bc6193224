package io.warmgate.operator.reconcile;

import io.warmgate.operator.snapshot.ModelCatalogue;

/**
 * What the operator was installed with.
 *
 * @param runtimeImage of gateways that name none
 * @param redisImage of Standalone RedisCaches that name none
 * @param namespace where the operator runs
 * @param account its ServiceAccount there
 * @param models what models cost where their objects do not say it
 */
public record Installation(
    String runtimeImage,
    String redisImage,
    String namespace,
    String account,
    ModelCatalogue models) {

  /** With the list of models that the operator comes with. */
  public Installation(String runtimeImage, String redisImage, String namespace, String account) {
    this(runtimeImage, redisImage, namespace, account, ModelCatalogue.shipped());
  }
}
