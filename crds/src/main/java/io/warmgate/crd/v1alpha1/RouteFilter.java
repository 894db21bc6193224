package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One of Gateway API's core filters, or CORS: a type, and the one member that belongs to it. */
@ValidationRule(
    value = "has(self.requestHeaderModifier) == (self.type == 'RequestHeaderModifier')",
    message =
        "requestHeaderModifier is required for type RequestHeaderModifier and "
            + "not allowed for another",
    fieldPath = ".requestHeaderModifier")
@ValidationRule(
    value = "has(self.responseHeaderModifier) == (self.type == 'ResponseHeaderModifier')",
    message =
        "responseHeaderModifier is required for type ResponseHeaderModifier and "
            + "not allowed for another",
    fieldPath = ".responseHeaderModifier")
@ValidationRule(
    value = "has(self.requestRedirect) == (self.type == 'RequestRedirect')",
    message = "requestRedirect is required for type RequestRedirect and not allowed for another",
    fieldPath = ".requestRedirect")
@ValidationRule(
    value = "has(self.urlRewrite) == (self.type == 'URLRewrite')",
    message = "urlRewrite is required for type URLRewrite and not allowed for another",
    fieldPath = ".urlRewrite")
@ValidationRule(
    value = "has(self.cors) == (self.type == 'CORS')",
    message = "cors is required for type CORS and not allowed for another",
    fieldPath = ".cors")
@Wire
public record RouteFilter(
    @JsonPropertyDescription(
            "RequestHeaderModifier, ResponseHeaderModifier, RequestRedirect, "
                + "URLRewrite or CORS; the member of that name is given with it.")
        @Required
        RouteFilterType type,
    @JsonPropertyDescription("Changes headers of the request, on its way to the backend.")
        @Nullable HeaderModifier requestHeaderModifier,
    @JsonPropertyDescription("Changes headers of the answer, on its way to the client.")
        @Nullable HeaderModifier responseHeaderModifier,
    @JsonPropertyDescription("Answers with a redirect; no backend is asked.")
        @Nullable RequestRedirect requestRedirect,
    @JsonPropertyDescription("Changes host and path of the request, on its way to the backend.")
        @Nullable UrlRewrite urlRewrite,
    @JsonPropertyDescription(
            "Answers preflights, and tells browsers which origins may read the answers.")
        @Nullable Cors cors) {}
