package io.warmgate.server.filter;

import java.util.List;

/**
 * Who asks.
 *
 * @param peer IP address of the connection
 * @param trusted whether the peer is one of the listener's trusted proxies
 * @param address IP address of the client: the peer, or, where the peer is trusted, the last
 *     address it names that is not a trusted proxy itself
 * @param believed what is believed of {@code X-Forwarded-For}: from {@code address} on; empty where
 *     the peer is not trusted
 */
public record Client(String peer, boolean trusted, String address, List<String> believed) {
  public Client {
    believed = List.copyOf(believed);
  }
}
