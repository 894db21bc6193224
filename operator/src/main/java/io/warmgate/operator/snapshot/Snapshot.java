package io.warmgate.operator.snapshot;

import io.warmgate.crd.v1alpha1.ApiGateway;

/**
 * Everything that matters for one {@code ApiGateway}, as it was at one moment.
 *
 * <p>All of it lies in the gateway's namespace: references in {@code v1alpha1} name no other.
 *
 * @param gateway the aggregate
 * @param attachments what users attached to it
 * @param references what gateway and attachments name
 * @param fleet its pods, and what was minted for them
 * @param facts what the operator knows without the API server
 */
public record Snapshot(
    ApiGateway gateway,
    Attachments attachments,
    References references,
    Fleet fleet,
    OperatorFacts facts) {

  public String namespace() {
    return gateway.getMetadata().getNamespace();
  }

  public String name() {
    return gateway.getMetadata().getName();
  }
}
