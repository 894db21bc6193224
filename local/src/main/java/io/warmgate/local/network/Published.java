package io.warmgate.local.network;

import java.util.Comparator;

/**
 * A gateway's listener port on 127.0.0.1.
 *
 * @param port the listener's port
 * @param localPort the port on 127.0.0.1: the same where that was free
 */
public record Published(String namespace, String gateway, int port, int localPort)
    implements Comparable<Published> {
  private static final Comparator<Published> ORDER =
      Comparator.comparing(Published::namespace)
          .thenComparing(Published::gateway)
          .thenComparingInt(Published::port);

  @Override
  public int compareTo(Published other) {
    return ORDER.compare(this, other);
  }
}
