package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a model costs. Decimals are strings: binary fractions are not exact. */
@ValidationRule(
    value = "has(self.inputPerMillion) || has(self.outputPerMillion) || has(self.perRequest)",
    message = "inputPerMillion, outputPerMillion or perRequest is required")
@ValidationRule(
    value = "!has(self.cachedInputPerMillion) || has(self.inputPerMillion)",
    message = "cachedInputPerMillion needs inputPerMillion",
    fieldPath = ".cachedInputPerMillion")
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
    @JsonPropertyDescription("The currency, by ISO 4217.") @Default("USD") @Pattern(Syntax.CURRENCY)
        String currency) {

  public ModelPrice {
    currency = Absent.or(currency, "USD");
  }
}
