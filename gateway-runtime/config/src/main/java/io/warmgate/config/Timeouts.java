package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Gateway API's HTTPRouteTimeouts.
 *
 * @param requestMillis from the request's head to the end of the response, retries included; 0:
 *     none
 * @param backendRequestMillis each try; 0: none
 * @param firstTokenMillis until a model's answer begins, each try; 0, and then not written: none
 */
public record Timeouts(
    long requestMillis,
    long backendRequestMillis,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long firstTokenMillis) {
  public Timeouts {
    Check.range("requestMillis", requestMillis, 0, 86_400_000);
    Check.range("backendRequestMillis", backendRequestMillis, 0, 86_400_000);
    Check.range("firstTokenMillis", firstTokenMillis, 0, 86_400_000);
  }

  /** Where no model is asked. */
  public Timeouts(long requestMillis, long backendRequestMillis) {
    this(requestMillis, backendRequestMillis, 0);
  }
}
