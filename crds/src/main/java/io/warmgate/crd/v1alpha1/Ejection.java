package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/**
 * Passive health: an endpoint that fails in a row gets no requests for a while, as long as another
 * is left.
 */
@Wire
public record Ejection(
    @JsonPropertyDescription(
            "So many failures in a row (no connection, a timeout, 502, 503 or 504) "
                + "eject an endpoint; 0 is never.")
        @Default("5")
        @Min(0)
        @Max(1000)
        Integer consecutiveFailures,
    @JsonPropertyDescription("How long it gets no requests.")
        @Default("30s")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration duration) {

  public Ejection {
    consecutiveFailures = Absent.or(consecutiveFailures, 5);
    duration = Absent.or(duration, ApiDuration.of("30s"));
  }
}
