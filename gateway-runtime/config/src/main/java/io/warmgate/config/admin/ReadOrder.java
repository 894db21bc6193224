package io.warmgate.config.admin;

import io.warmgate.config.ConfigException;

/**
 * A request that a pod is to make of a backend, and whose answer's body it is to give: for lists of
 * what there is. Nothing is looked up in the cache, nor kept.
 *
 * @param route id of the route whose release is meant; another route that takes the request has its
 *     own
 * @param release name of the release; must be one of the route's two sides, or empty where it has
 *     one alone
 * @param maxBytes of the body; what is beyond is left out
 * @param timeoutMillis until its end; at most {@value WarmOrder#MAX_TIMEOUT_MILLIS}
 */
public record ReadOrder(
    String route, String release, WarmRequest request, int maxBytes, long timeoutMillis) {
  /** The largest {@code maxBytes}. */
  public static final int MAX_BYTES = 8 << 20;

  public ReadOrder {
    if (route == null || release == null || request == null) {
      throw new ConfigException("order", "needs route, release and request");
    }
    if (maxBytes < 1 || maxBytes > MAX_BYTES) {
      throw new ConfigException("maxBytes", "is " + maxBytes + ", not 1 to " + MAX_BYTES);
    }
    if (timeoutMillis < 1 || timeoutMillis > WarmOrder.MAX_TIMEOUT_MILLIS) {
      throw new ConfigException(
          "timeoutMillis", "is " + timeoutMillis + ", not 1 to " + WarmOrder.MAX_TIMEOUT_MILLIS);
    }
  }
}
