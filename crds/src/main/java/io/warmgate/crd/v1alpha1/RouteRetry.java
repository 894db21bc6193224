package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/**
 * Tries after a failure, before the first byte of the answer: a connection that fails for any
 * method, more only where the method is idempotent (RFC 9110 §9.2.2).
 */
@Wire
public record RouteRetry(
    @JsonPropertyDescription("The most tries after the first one.") @Default("1") @Min(0) @Max(5)
        Integer attempts,
    @JsonPropertyDescription(
            "The mean pause before the second try; it doubles with each further one.")
        @Default("25ms")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration backoff) {

  public RouteRetry {
    attempts = Absent.or(attempts, 1);
    backoff = Absent.or(backoff, ApiDuration.of("25ms"));
  }
}
