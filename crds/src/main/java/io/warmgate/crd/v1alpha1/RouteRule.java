package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule of a route: matches, filters, backends. */
@ValidationRule(
    value =
        "has(self.filters) && self.filters.exists(f, f.type == 'RequestRedirect')"
            + " ? !has(self.backendRefs) || self.backendRefs.size() == 0"
            + " : has(self.backendRefs) && self.backendRefs.size() > 0",
    message =
        "a rule needs backendRefs, except with a RequestRedirect filter, which must have none",
    fieldPath = ".backendRefs")
@ValidationRule(
    value =
        "!has(self.filters)"
            + " || !(self.filters.exists(f, f.type == 'RequestRedirect')"
            + " && self.filters.exists(f, f.type == 'URLRewrite'))",
    message = "RequestRedirect and URLRewrite exclude each other",
    fieldPath = ".filters")
@ValidationRule(
    value =
        "!has(self.filters)"
            + " || ['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect',"
            + " 'URLRewrite', 'CORS'].all(t, self.filters.filter(f, f.type == t).size() <= 1)",
    message = "a filter of one type may be there once",
    fieldPath = ".filters")
@ValidationRule(
    value =
        "!has(self.filters)"
            + " || !self.filters.exists(f,"
            + " (has(f.urlRewrite) && has(f.urlRewrite.path)"
            + " && f.urlRewrite.path.type == 'ReplacePrefixMatch')"
            + " || (has(f.requestRedirect) && has(f.requestRedirect.path)"
            + " && f.requestRedirect.path.type == 'ReplacePrefixMatch'))"
            + " || self.matches.all(m, m.path.type == 'PathPrefix')",
    message = "ReplacePrefixMatch needs matches with a path of type PathPrefix",
    fieldPath = ".filters")
@ValidationRule(
    value =
        "!has(self.limits)"
            + " || self.limits.all(l, self.limits.exists_one(other, other.name == l.name))",
    message = "the name of a limit must be unique in its rule",
    fieldPath = ".limits")
@ValidationRule(
    value =
        "!has(self.idempotency) || !has(self.filters)"
            + " || !self.filters.exists(f, f.type == 'RequestRedirect')",
    message = "a rule that redirects asks no backend",
    fieldPath = ".idempotency")
@ValidationRule(
    value = "!has(self.backendRefs) || self.backendRefs.all(b, b.kind == self.backendRefs[0].kind)",
    message = "the backends of a rule are AiModelBackends, all of them or none",
    fieldPath = ".backendRefs")
@ValidationRule(
    value =
        "!has(self.timeouts) || !has(self.timeouts.firstToken)"
            + " || (has(self.backendRefs)"
            + " && self.backendRefs.all(b, b.kind == 'AiModelBackend'))",
    message = "firstToken goes with AiModelBackends",
    fieldPath = ".timeouts.firstToken")
@ValidationRule(
    value =
        "!has(self.filters) || !has(self.backendRefs)"
            + " || !self.backendRefs.exists(b, b.kind == 'AiModelBackend')"
            + " || !self.filters.exists(f, f.type == 'URLRewrite')",
    message = "the endpoint of an AiModelBackend says where it is asked: no URLRewrite",
    fieldPath = ".filters")
@ValidationRule(
    value =
        "!has(self.prompt)"
            + " || (has(self.backendRefs)"
            + " && self.backendRefs.all(b, b.kind == 'AiModelBackend'))",
    message = "prompt goes with AiModelBackends",
    fieldPath = ".prompt")
@ValidationRule(
    value =
        "!has(self.limits) || !self.limits.exists(l, has(l.tokens) || has(l.cost))"
            + " || (has(self.backendRefs)"
            + " && self.backendRefs.all(b, b.kind == 'AiModelBackend'))",
    message = "limits of tokens and cost go with AiModelBackends",
    fieldPath = ".limits")
@Wire
public record RouteRule(
    @JsonPropertyDescription(
            "The rule's name, unique in the route; a CachePolicy names it as sectionName.")
        @Size(min = 1, max = 63)
        @Pattern(Syntax.SECTION_NAME)
        @Nullable String name,
    @JsonPropertyDescription(
            "A request that fits any of these is the rule's. Absent: every request.")
        @Default(RouteMatch.EVERYTHING_JSON)
        @Size(min = 1, max = 16)
        List<RouteMatch> matches,
    @JsonPropertyDescription("What is done to the request and to its answer, in this order.")
        @Size(max = 16)
        List<RouteFilter> filters,
    @JsonPropertyDescription(
            "Where the requests go, by weight. At least one, except where a filter redirects.")
        @Size(max = 16)
        List<BackendRef> backendRefs,
    @JsonPropertyDescription("How long an answer may take.") RouteTimeouts timeouts,
    @JsonPropertyDescription("How often a failed request is tried again. Absent: never.")
        @Nullable RouteRetry retry,
    @JsonPropertyDescription("Who may call the rule. Absent: everybody.") @Nullable RouteAuth auth,
    @JsonPropertyDescription("How much may be asked for. A request needs to be within all of them.")
        @Size(max = 8)
        List<RequestLimit> limits,
    @JsonPropertyDescription(
            "How idempotency keys are taken: a request that is sent again with its key gets the"
                + " answer of the first. Absent: they are the backend's.")
        @Nullable RouteIdempotency idempotency,
    @JsonPropertyDescription(
            "A question that the rule asks its models for clients who give its parameters alone: a"
                + " prompt as an endpoint. Absent: clients ask what they like.")
        @Nullable RoutePrompt prompt) {

  public RouteRule {
    matches = Absent.or(matches, RouteMatch.EVERYTHING);
    filters = Absent.orEmpty(filters);
    backendRefs = Absent.orEmpty(backendRefs);
    timeouts = Absent.or(timeouts, RouteTimeouts.NONE);
    limits = Absent.orEmpty(limits);
  }
}
