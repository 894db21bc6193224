package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What a model took, and what the caches saved, through all gateways that serve it. */
@Wire
public record ModelUsage(
    @JsonPropertyDescription("Tokens that it read.") @Default("0") Long inputTokens,
    @JsonPropertyDescription("Tokens that it wrote.") @Default("0") Long outputTokens,
    @JsonPropertyDescription("Tokens that it did not have to read.") @Default("0")
        Long savedInputTokens,
    @JsonPropertyDescription("Tokens that it did not have to write.") @Default("0")
        Long savedOutputTokens,
    @JsonPropertyDescription("The same in money, by currency, where its price is known.")
        @Size(max = 8)
        List<ModelCost> costs) {

  public ModelUsage {
    inputTokens = Absent.or(inputTokens, 0L);
    outputTokens = Absent.or(outputTokens, 0L);
    savedInputTokens = Absent.or(savedInputTokens, 0L);
    savedOutputTokens = Absent.or(savedOutputTokens, 0L);
    costs = Absent.orEmpty(costs);
  }
}
