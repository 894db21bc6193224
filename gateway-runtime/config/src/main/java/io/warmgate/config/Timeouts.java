package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Gateway API's HTTPRouteTimeouts.
 *
 * @param requestMillis from the request's head to the end of the response, retries included; 0:
 *     none
 * @param backendRequestMillis each try; 0: none
 * @param firstTokenMillis until a model's answer begins, each try; null, and then not written: for
 *     ever
 */
public record Timeouts(
    long requestMillis,
    long backendRequestMillis,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long firstTokenMillis) {
  public Timeouts {
    Check.range("requestMillis", requestMillis, 0, 86_400_000);
    Check.range("backendRequestMillis", backendRequestMillis, 0, 86_400_000);
    Check.range("firstTokenMillis", firstTokenMillis == null ? 0 : firstTokenMillis, 0, 86_400_000);
  }

  /** Where no model is asked. */
  public Timeouts(long requestMillis, long backendRequestMillis) {
    this(requestMillis, backendRequestMillis, null);
  }
}
