package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How warm a release has to be before it has traffic, and what that may cost. */
@ValidationRule(
    value = "!has(self.maxCost) || self.maxCost.matches('[1-9]')",
    message = "must be more than 0; maxInferences: 0 asks nothing",
    fieldPath = ".maxCost")
@ValidationRule(
    value = "!has(self.currency) || has(self.maxCost)",
    message = "goes with maxCost",
    fieldPath = ".currency")
@Wire
public record RolloutWarmup(
    @JsonPropertyDescription(
            "The share of what the cache serves now, by requests, that the new release's cache must"
                + " be able to serve. 0: it is not warmed. Absent everywhere: 95.")
        @Min(0)
        @Max(100)
        @Nullable Integer minCoveragePercent,
    @JsonPropertyDescription(
            "The most requested that are asked for: at most so many. Absent everywhere: 1000.")
        @Min(1)
        @Max(100_000)
        @Nullable Integer topKeys,
    @JsonPropertyDescription(
            "Requests a second that warming may cost the backends, of all rollouts of the gateway"
                + " together: the smallest of theirs. Absent everywhere: 50.")
        @Min(1)
        @Max(100_000)
        @Nullable Integer maxOriginRps,
    @JsonPropertyDescription("How many of them at once. Absent everywhere: 8.") @Min(1) @Max(256)
        @Nullable Integer concurrency,
    @JsonPropertyDescription("How long warming may take. Absent everywhere: 10m.")
        @Size(min = 1, max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration timeout,
    @JsonPropertyDescription(
            "What follows where it takes longer: Abort or Promote. Absent everywhere: Abort.")
        @Nullable OnWarmupTimeout onTimeout,
    @JsonPropertyDescription(
            "The share of the plan that may be gone, or answered in a way that cannot be kept."
                + " Absent everywhere: 20.")
        @Min(0)
        @Max(100)
        @Nullable Integer maxChangedPercent,
    @JsonPropertyDescription(
            "How many listed questions providers of models may be asked for one warm-up of a route;"
                + " 0: none. What is kept already costs nothing. Absent everywhere: 1000.")
        @Min(0)
        @Max(1_000_000)
        @Nullable Integer maxInferences,
    @JsonPropertyDescription(
            "How many tokens models may read and write for one warm-up of a route: once there are"
                + " so many, no further question is asked. Absent everywhere: no bound.")
        @Min(1)
        @Nullable Long maxTokens,
    @JsonPropertyDescription(
            "The most money that models may cost for one warm-up of a route, a decimal with six"
                + " places at most: once they have cost so much, or one of them has no price in the"
                + " currency, no further question is asked. Absent everywhere: no bound.")
        @Size(min = 1, max = 13)
        @Pattern(Syntax.MONEY)
        @Nullable String maxCost,
    @JsonPropertyDescription("The currency of maxCost, by ISO 4217. Absent everywhere: USD.")
        @Size(min = 3, max = 3)
        @Pattern(Syntax.CURRENCY)
        @Nullable String currency) {

  static final RolloutWarmup NONE =
      new RolloutWarmup(null, null, null, null, null, null, null, null, null, null, null);
}
