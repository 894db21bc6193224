package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A redirect (Gateway API's HTTPRequestRedirectFilter). What is absent stays as in the request. */
@ValidationRule(
    value = "self.statusCode in [301, 302, 303, 307, 308]",
    message = "statusCode must be 301, 302, 303, 307 or 308",
    fieldPath = ".statusCode")
@Wire
public record RequestRedirect(
    @JsonPropertyDescription("http or https.") @Nullable RedirectScheme scheme,
    @JsonPropertyDescription("The host that the client is sent to.")
        @Size(min = 1, max = 253)
        @Pattern(Syntax.PRECISE_HOSTNAME)
        @Nullable String hostname,
    @JsonPropertyDescription("The path that the client is sent to.") @Nullable PathModifier path,
    @JsonPropertyDescription(
            "The port. Absent: with a scheme its well-known port, else the listener's.")
        @Min(1)
        @Max(65535)
        @Nullable Integer port,
    @JsonPropertyDescription("301, 302, 303, 307 or 308 (RFC 9110 §15.4).")
        @Default("302")
        @Min(301)
        @Max(308)
        Integer statusCode) {

  public RequestRedirect {
    statusCode = Absent.or(statusCode, 302);
  }
}
