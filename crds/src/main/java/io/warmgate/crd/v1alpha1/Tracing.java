package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where spans go, and of how many requests. */
@Wire
public record Tracing(
    @JsonPropertyDescription(
            "The OTLP/HTTP endpoint of a collector, for instance http://otel-collector:4318.")
        @Required
        @Size(min = 1, max = 512)
        @Pattern("^https?://[^\\s/?#]+(/[^\\s?#]*)?$")
        String endpoint,
    @JsonPropertyDescription(
            "The share of the requests, in percent, that get spans where the caller "
                + "did not decide.")
        @Default("10")
        @Min(0)
        @Max(100)
        Integer samplingPercent) {

  public Tracing {
    samplingPercent = Absent.or(samplingPercent, 10);
  }
}
