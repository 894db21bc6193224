package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Another host or path towards the backend (Gateway API's HTTPURLRewriteFilter). */
@ValidationRule(
    value = "has(self.hostname) || has(self.path)",
    message = "hostname or path is required")
@Wire
public record UrlRewrite(
    @JsonPropertyDescription("The Host that the backend sees.")
        @Size(min = 1, max = 253)
        @Pattern(Syntax.PRECISE_HOSTNAME)
        @Nullable String hostname,
    @JsonPropertyDescription("The path that the backend sees.") @Nullable PathModifier path) {}
