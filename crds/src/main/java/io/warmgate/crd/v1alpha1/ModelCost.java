package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Money, as decimals with six places. */
@Wire
public record ModelCost(
    @JsonPropertyDescription("The currency, by ISO 4217.") @Required @Size(max = 3) String currency,
    @JsonPropertyDescription("What its calls cost.") @Required @Size(max = 64) String spent,
    @JsonPropertyDescription("What they would have cost besides, without the caches.")
        @Required
        @Size(max = 64)
        String saved) {}
