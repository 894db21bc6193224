package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a model costs. Decimals are strings: binary fractions are not exact. */
@ValidationRule(
    value =
        "has(self.inputPerMillion) || has(self.outputPerMillion) || has(self.perRequest)"
            + " || has(self.perGpuSecond)",
    message = "inputPerMillion, outputPerMillion, perRequest or perGpuSecond is required")
@ValidationRule(
    value = "!has(self.cachedInputPerMillion) || has(self.inputPerMillion)",
    message = "cachedInputPerMillion needs inputPerMillion",
    fieldPath = ".cachedInputPerMillion")
@ValidationRule(
    value = "!has(self.gpus) || has(self.perGpuSecond)",
    message = "gpus needs perGpuSecond",
    fieldPath = ".gpus")
@Wire
public record ModelPrice(
    @JsonPropertyDescription("The price of a million tokens that it reads. Absent: none.")
        @Pattern(Syntax.MONEY)
        @Nullable String inputPerMillion,
    @JsonPropertyDescription(
            "The price of a million tokens that it reads from the provider's prompt cache. Absent:"
                + " inputPerMillion.")
        @Pattern(Syntax.MONEY)
        @Nullable String cachedInputPerMillion,
    @JsonPropertyDescription("The price of a million tokens that it writes. Absent: none.")
        @Pattern(Syntax.MONEY)
        @Nullable String outputPerMillion,
    @JsonPropertyDescription("The price of each answer, besides. Absent: none.")
        @Pattern(Syntax.MONEY)
        @Nullable String perRequest,
    @JsonPropertyDescription(
            "The price of a second of one GPU, of servers of one's own (OpenAICompatible, KServeV2,"
                + " TFServing): for the time from when a request is sent to its answer's last byte."
                + " Absent: none.")
        @Pattern(Syntax.MONEY_PER_SECOND)
        @Nullable String perGpuSecond,
    @JsonPropertyDescription(
            "How many GPUs a request has for itself meanwhile: less than 1 where several share one,"
                + " such as 0.125. Absent: 1.")
        @Pattern(Syntax.GPUS)
        @Nullable String gpus,
    @JsonPropertyDescription("The currency, by ISO 4217.") @Default("USD") @Pattern(Syntax.CURRENCY)
        String currency) {

  public ModelPrice {
    currency = Absent.or(currency, "USD");
  }
}
