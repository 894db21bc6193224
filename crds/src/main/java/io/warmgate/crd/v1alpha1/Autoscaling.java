package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** The bounds and the goal of a HorizontalPodAutoscaler on the gateway's scale subresource. */
@ValidationRule(
    value = "self.min <= self.max",
    message = "min must not be greater than max",
    fieldPath = ".min")
@Wire
public record Autoscaling(
    @JsonPropertyDescription("The fewest pods.") @Default("2") @Min(1) @Max(1000) Integer min,
    @JsonPropertyDescription("The most pods.") @Required @Min(1) @Max(1000) Integer max,
    @JsonPropertyDescription(
            "The mean CPU use, in percent of what the pods request, that scaling aims at.")
        @Default("70")
        @Min(1)
        @Max(100)
        Integer targetCpuPercent) {

  public Autoscaling {
    min = Absent.or(min, 2);
    targetCpuPercent = Absent.or(targetCpuPercent, 70);
  }
}
