package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How warm a release's cache is. */
@Wire
public record WarmupStatus(
    @JsonPropertyDescription("Requests that were chosen.") @Nullable Integer planned,
    @JsonPropertyDescription("Of them, have been asked for.") @Nullable Integer filled,
    @JsonPropertyDescription("Of them, are in the cache of every pod.") @Nullable Integer certified,
    @JsonPropertyDescription("Of them, got no answer or a 5xx.") @Nullable Integer failed,
    @JsonPropertyDescription("Of them, are gone or cannot be kept any more.")
        @Nullable Integer changed,
    @JsonPropertyDescription(
            "The share of the traffic that cannot be asked for without a client's credential.")
        @Min(0)
        @Max(100)
        @Nullable Integer notWarmablePercent,
    @JsonPropertyDescription("Requests that warming has cost the backends.")
        @Nullable Long originRequests,
    @JsonPropertyDescription(
            "The share of what the cache served before that it can serve now, by requests.")
        @Min(0)
        @Max(100)
        @Nullable Integer coveragePercent,
    @JsonPropertyDescription("About how many seconds it will still take.") @Min(0)
        @Nullable Integer secondsLeft,
    @JsonPropertyDescription("Questions that providers of models were asked.")
        @Nullable Long inferences,
    @JsonPropertyDescription("Tokens that models read and wrote for them.") @Nullable Long tokens,
    @JsonPropertyDescription("What that cost, by currency, where their prices are known.")
        @Size(max = 16)
        @ListMapKey("currency")
        List<WarmupCost> costs) {

  public WarmupStatus {
    costs = Absent.orEmpty(costs);
  }
}
