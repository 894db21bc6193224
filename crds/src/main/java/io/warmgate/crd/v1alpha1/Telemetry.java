package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** What a gateway tells about its requests, besides its metrics. */
@Wire
public record Telemetry(
    @JsonPropertyDescription("One JSON line a request, on the standard output.") @Default("{}")
        AccessLog accessLog,
    @JsonPropertyDescription("Spans by OTLP. Absent: traceparent is passed on, no span is made.")
        @Nullable Tracing tracing) {

  public Telemetry {
    accessLog = Absent.or(accessLog, AccessLog.DEFAULT);
  }

  static final Telemetry DEFAULT = new Telemetry(AccessLog.DEFAULT, null);
}
