package io.warmgate.server.filter;

/**
 * Who asks.
 *
 * @param peer IP address of the connection
 * @param trusted whether the peer is one of the listener's trusted proxies
 * @param address IP address of the client: the peer, or, where the peer is trusted, the last
 *     address it names that is not a trusted proxy itself
 */
public record Client(String peer, boolean trusted, String address) {}
