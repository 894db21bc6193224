package io.warmgate.operator.check;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Which addresses a check may not have, whatever name led there: what listens on a loopback or
 * link-local address, a cloud's metadata service for one, is not the user's to ask. The runtime has
 * the same rule for backends.
 */
public enum AddressRule {
  STRICT,
  /** Loopback and link-local addresses as well: where everything is on one machine. */
  LOOPBACK_ALLOWED;

  /** Why it may not be asked; empty where it may. */
  Optional<String> refuses(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return Optional.of(address.getHostAddress() + " is no address of one server");
    }
    boolean near = address.isLoopbackAddress() || address.isLinkLocalAddress();
    return near && this == STRICT
        ? Optional.of(
            address.getHostAddress() + " is a loopback or link-local address, which is not asked")
        : Optional.empty();
  }
}
