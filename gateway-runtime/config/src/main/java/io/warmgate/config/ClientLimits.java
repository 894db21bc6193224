package io.warmgate.config;

/**
 * What a client may ask of a pod, before any route is looked at.
 *
 * @param maxHeaderBytes of a request's head; beyond it 431
 * @param maxBodyBytes of a request's body; beyond it 413; 0: no limit
 * @param headerTimeoutMillis for a head to arrive whole; beyond it 408 and the connection is closed
 * @param idleTimeoutMillis of a connection without bytes either way
 * @param maxConnections of clients at once; beyond it new ones wait in the kernel's queue
 */
public record ClientLimits(
    int maxHeaderBytes,
    long maxBodyBytes,
    long headerTimeoutMillis,
    long idleTimeoutMillis,
    int maxConnections) {
  public ClientLimits {
    Check.range("maxHeaderBytes", maxHeaderBytes, 1_024, 1 << 20);
    Check.range("maxBodyBytes", maxBodyBytes, 0, Long.MAX_VALUE);
    Check.range("headerTimeoutMillis", headerTimeoutMillis, 100, 3_600_000);
    Check.range("idleTimeoutMillis", idleTimeoutMillis, 1_000, 86_400_000);
    Check.range("maxConnections", maxConnections, 1, 1_000_000);
  }
}
