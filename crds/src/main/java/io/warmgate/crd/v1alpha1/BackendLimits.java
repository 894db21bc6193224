package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * How much each pod asks of a backend. What is beyond waits in a bounded queue; what finds the
 * queue full is answered stale, or 503 with Retry-After.
 */
@ValidationRule(
    value = "has(self.maxConcurrent) || has(self.maxRequestsPerSecond)",
    message = "maxConcurrent or maxRequestsPerSecond is required")
@Wire
public record BackendLimits(
    @JsonPropertyDescription("The most requests under way to the backend. Absent: no limit.")
        @Min(1)
        @Max(1000000)
        @Nullable Integer maxConcurrent,
    @JsonPropertyDescription("The most requests a second. Absent: no limit.") @Min(1) @Max(1000000)
        @Nullable Integer maxRequestsPerSecond,
    @JsonPropertyDescription("How many requests may wait.") @Default("100") @Min(0) @Max(100000)
        Integer queueSize,
    @JsonPropertyDescription("The longest that one waits.")
        @Default("1s")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration queueTimeout) {

  public BackendLimits {
    queueSize = Absent.or(queueSize, 100);
    queueTimeout = Absent.or(queueTimeout, ApiDuration.of("1s"));
  }
}
