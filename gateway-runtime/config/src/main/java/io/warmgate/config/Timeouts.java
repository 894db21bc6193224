package io.warmgate.config;

/**
 * Gateway API's HTTPRouteTimeouts.
 *
 * @param requestMillis from the request's head to the end of the response, retries included; 0:
 *     none
 * @param backendRequestMillis each try; 0: none
 */
public record Timeouts(long requestMillis, long backendRequestMillis) {
  public Timeouts {
    Check.range("requestMillis", requestMillis, 0, 86_400_000);
    Check.range("backendRequestMillis", backendRequestMillis, 0, 86_400_000);
  }
}
