package io.warmgate.server.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses a backend may not have, whatever name led there: this pod's own ports (a request
 * would come back, or reach the admin API), and loopback and link-local addresses (what listens
 * there, a cloud's metadata service for one, is not the user's to expose).
 */
public final class AddressGuard {
  private final boolean allowLoopback;
  private final @Nullable InetAddress bound;
  private volatile Set<Integer> ownPorts;

  /**
   * @param allowLoopback whether loopback and link-local addresses may be asked; own ports never
   * @param bound the one address this pod binds; null: all
   * @param ownPorts ports this pod binds, the admin port among them
   */
  public AddressGuard(boolean allowLoopback, @Nullable InetAddress bound, Set<Integer> ownPorts) {
    this.allowLoopback = allowLoopback;
    this.bound = bound;
    this.ownPorts = Set.copyOf(ownPorts);
  }

  /** Replaces the ports this pod binds. */
  public void ownPorts(Set<Integer> ports) {
    ownPorts = Set.copyOf(ports);
  }

  /** Whether a connection may be made there. */
  public boolean allows(InetSocketAddress endpoint) {
    InetAddress address = endpoint.getAddress();
    if (address == null || address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    if (!allowLoopback && (address.isLoopbackAddress() || address.isLinkLocalAddress())) {
      return false;
    }
    return !ownPorts.contains(endpoint.getPort()) || !own(address);
  }

  private boolean own(InetAddress address) {
    if (bound != null && !bound.isAnyLocalAddress()) {
      return bound.equals(address);
    }
    if (address.isLoopbackAddress()) {
      return true;
    }
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException _) {
      return true;
    }
  }
}
