package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How much may be asked for; all pods of the gateway count together. */
@ValidationRule(
    value =
        "(has(self.requests) ? 1 : 0) + (has(self.concurrency) ? 1 : 0)"
            + " + (has(self.bytes) ? 1 : 0) + (has(self.tokens) ? 1 : 0)"
            + " + (has(self.cost) ? 1 : 0) == 1",
    message = "exactly one of requests, concurrency, bytes, tokens and cost is required")
@ValidationRule(
    value = "has(self.per) != has(self.concurrency)",
    message =
        "is required with requests, bytes, tokens and cost, and is not there with concurrency",
    fieldPath = ".per")
@ValidationRule(
    value = "!has(self.per) || self.per.matches('[1-9]')",
    message = "must be longer than 0s",
    fieldPath = ".per")
@ValidationRule(
    value = "!has(self.tokens) || !has(self.hits) || self.hits == 'Free'",
    message = "an answer from the cache takes no tokens: hits are Free",
    fieldPath = ".hits")
@ValidationRule(
    value = "!has(self.cost) || !has(self.hits) || self.hits == 'Free'",
    message = "an answer from the cache costs nothing: hits are Free",
    fieldPath = ".hits")
@ValidationRule(
    value = "!has(self.cost) || self.cost.matches('[1-9]')",
    message = "must be more than 0",
    fieldPath = ".cost")
@ValidationRule(
    value = "!has(self.currency) || has(self.cost)",
    message = "goes with cost",
    fieldPath = ".currency")
@Wire
public record RequestLimit(
    @JsonPropertyDescription(
            "The limit's name, unique where it stands: clients read it in RateLimit fields, and"
                + " metrics and the access log have it.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.SECTION_NAME)
        String name,
    @JsonPropertyDescription(
            "What is counted apart. Consumer: each consumer; whoever is verified and none, by who"
                + " that is; all others together. Route: all requests of the rule together."
                + " Backend: each backend. ClientAddress: each client address; of IPv6 each /64.")
        @Required
        LimitBy by,
    @JsonPropertyDescription("The most requests within any time as long as per.")
        @Min(1)
        @Max(1000000000)
        @Nullable Integer requests,
    @JsonPropertyDescription("The most requests under way at the same time.") @Min(1) @Max(1000000)
        @Nullable Integer concurrency,
    @JsonPropertyDescription(
            "The most content, to and from clients, within any time as long as per, as a"
                + " Kubernetes quantity. Counted when an answer has ended, so that the last one may"
                + " go beyond it.")
        @Size(min = 1, max = 20)
        @Pattern(Syntax.MEMORY)
        @Nullable String bytes,
    @JsonPropertyDescription(
            "The most tokens that models read and write, within any time as long as per. What a"
                + " request is expected to take is counted before a model is asked, and put right"
                + " when it has answered.")
        @Min(1)
        @Max(1000000000000000L)
        @Nullable Long tokens,
    @JsonPropertyDescription(
            "The most money that models cost, within any time as long as per: a decimal with six"
                + " places at most, as in the spec.price of an AiModelBackend. What a request is"
                + " expected to cost is counted before a model is asked, and put right when it has"
                + " answered. A model without a price in this currency is not asked.")
        @Size(min = 1, max = 13)
        @Pattern(Syntax.MONEY)
        @Nullable String cost,
    @JsonPropertyDescription("The currency of cost, by ISO 4217. Absent: USD.")
        @Size(min = 3, max = 3)
        @Pattern(Syntax.CURRENCY)
        @Nullable String currency,
    @JsonPropertyDescription("How long the time is, from 1s to 31d: 1s, 1m, 24h.")
        @Size(min = 1, max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration per,
    @JsonPropertyDescription(
            "Whether answers from the cache count. Free: only what asks the backend does. Absent:"
                + " Counted; with tokens and cost Free.")
        LimitHits hits,
    @JsonPropertyDescription(
            "Enforce: who is above it gets 429. Shadow: it is counted and logged, and nobody is"
                + " refused.")
        @Default("Enforce")
        LimitMode mode) {

  public RequestLimit {
    hits = Absent.or(hits, tokens == null && cost == null ? LimitHits.COUNTED : LimitHits.FREE);
    currency = cost == null ? currency : Absent.or(currency, "USD");
    mode = Absent.or(mode, LimitMode.ENFORCE);
  }
}
