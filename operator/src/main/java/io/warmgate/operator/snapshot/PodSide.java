package io.warmgate.operator.snapshot;

/**
 * What Kubernetes says of the pods of one template of a gateway.
 *
 * @param name of the side
 * @param desired pods that its Deployment asks for
 * @param pods that exist
 * @param ready of them
 * @param settled whether the Deployment controller has seen the Deployment as it is, and no pod is
 *     of an older template
 */
public record PodSide(String name, int desired, int pods, int ready, boolean settled) {}
