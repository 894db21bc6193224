package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Money, as a decimal with six places. */
@Wire
public record WarmupCost(
    @JsonPropertyDescription("The currency, by ISO 4217.") @Required @Size(max = 3) String currency,
    @JsonPropertyDescription("What the questions cost.") @Required @Size(max = 64) String spent) {}
