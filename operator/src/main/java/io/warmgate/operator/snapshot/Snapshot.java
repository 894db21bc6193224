package io.warmgate.operator.snapshot;

import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiGateway;

/**
 * Everything that matters for one {@code ApiGateway}, as it was at one moment.
 *
 * <p>All of it lies in the gateway's namespace, but consumers that a ReferenceGrant lets name it
 * and the Secrets that these name in turn.
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

  /** Whether the gateway lets the consumer name it: one of its own namespace, or by grant. */
  public boolean admits(ApiConsumer consumer) {
    String from = consumer.getMetadata().getNamespace();
    return from.equals(namespace()) || references.grants().allow(from, name());
  }
}
