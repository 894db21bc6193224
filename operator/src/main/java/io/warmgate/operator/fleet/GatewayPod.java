package io.warmgate.operator.fleet;

import org.jspecify.annotations.Nullable;

/**
 * A pod of a gateway, as Kubernetes reports it.
 *
 * @param uid tells it from a later pod at the same address
 * @param address IP address; null while it has none
 */
public record GatewayPod(String name, String uid, @Nullable String address, Containers containers) {

  /** How far its containers are. */
  public enum Containers {
    /** None runs yet, or one waits to be started again. */
    WAITING,
    RUNNING,
    /** All have ended and none will be started again. */
    ENDED
  }
}
