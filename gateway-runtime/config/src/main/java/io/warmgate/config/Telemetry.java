package io.warmgate.config;

import org.jspecify.annotations.Nullable;

/**
 * What is written about requests.
 *
 * @param accessLog one JSON line a request on standard output
 * @param tracing null: no spans; {@code traceparent} is carried all the same
 */
public record Telemetry(boolean accessLog, @Nullable Tracing tracing) {

  /**
   * OTLP over HTTP.
   *
   * @param endpoint base URL; {@code /v1/traces} is appended
   * @param samplingPercent of requests that carry no decision of their own, 0 to 100
   */
  public record Tracing(String endpoint, double samplingPercent) {
    public Tracing {
      Check.text("endpoint", endpoint);
      Check.that(
          samplingPercent >= 0 && samplingPercent <= 100, "samplingPercent", "is not 0 to 100");
    }
  }
}
