package io.warmgate.operator.fleet;

import org.jspecify.annotations.Nullable;

/**
 * A pod of a gateway, as Kubernetes reports it.
 *
 * @param uid tells it from a later pod at the same address
 * @param address IP address; null while it has none
 * @param side name of the template that it is of; null where it has none
 * @param waits why its containers do not run, as Kubernetes has it; null where it says nothing
 */
public record GatewayPod(
    String name,
    String uid,
    @Nullable String address,
    Containers containers,
    @Nullable String side,
    @Nullable String waits) {

  /** Of no side. */
  GatewayPod(String name, String uid, @Nullable String address, Containers containers) {
    this(name, uid, address, containers, null, null);
  }

  /** How far its containers are. */
  public enum Containers {
    /** None runs yet, or one waits to be started again. */
    WAITING,
    RUNNING,
    /** All have ended and none will be started again. */
    ENDED
  }
}
