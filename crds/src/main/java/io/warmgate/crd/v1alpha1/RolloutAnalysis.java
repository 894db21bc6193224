package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a release is judged by: while it is warmed, in each step, and for one window after the last.
 */
@Wire
public record RolloutAnalysis(
    @JsonPropertyDescription("How long each step is watched at least. Absent everywhere: 10s.")
        @Size(min = 1, max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration window,
    @JsonPropertyDescription(
            "The share of requests to its backends that may fail: no answer, or a 5xx. Absent"
                + " everywhere: 1.")
        @Min(0)
        @Max(100)
        @Nullable Integer maxErrorPercent,
    @JsonPropertyDescription(
            "By how much its backends' 99th percentile may be above the release before. Absent"
                + " everywhere: 20.")
        @Min(0)
        @Max(10_000)
        @Nullable Integer maxP99IncreasePercent,
    @JsonPropertyDescription(
            "Its hit ratio, as a share of that of the release before. Absent everywhere: 80.")
        @Min(0)
        @Max(100)
        @Nullable Integer minHitPercent,
    @JsonPropertyDescription(
            "What follows where there is too little traffic to judge by: Promote, Pause or Abort."
                + " Absent everywhere: Promote.")
        @Nullable OnInconclusive onInconclusive,
    @JsonPropertyDescription(
            "A URL that is asked before the release has traffic, and in each window. Absent"
                + " everywhere: none.")
        @Nullable RolloutCheck check) {

  static final RolloutAnalysis NONE = new RolloutAnalysis(null, null, null, null, null, null);
}
