package io.warmgate.operator.snapshot;

/**
 * What the operator knows without asking the API server about users' resources.
 *
 * @param runtimeImage what gateways run where the user names no image
 * @param redisImage what a Standalone RedisCache runs where the user names no image
 * @param operatorNamespace where the operator runs: whose pods may reach an admin port
 * @param operatorAccount the operator's ServiceAccount there
 * @param fingerprintKey the gateway's own, from its admin Secret
 * @param models what models cost where their objects do not say it
 */
public record OperatorFacts(
    String runtimeImage,
    String redisImage,
    String operatorNamespace,
    String operatorAccount,
    FingerprintKey fingerprintKey,
    ModelCatalogue models) {

  /** With the list of models that the operator comes with. */
  public OperatorFacts(
      String runtimeImage,
      String redisImage,
      String operatorNamespace,
      String operatorAccount,
      FingerprintKey fingerprintKey) {
    this(
        runtimeImage,
        redisImage,
        operatorNamespace,
        operatorAccount,
        fingerprintKey,
        ModelCatalogue.shipped());
  }
}
