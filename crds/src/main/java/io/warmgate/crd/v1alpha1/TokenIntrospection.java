package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where an issuer is asked what a token is (RFC 7662), and as whom. */
@ValidationRule(
    value = "!has(self.caRef) || self.url.startsWith('https://')",
    message = "caRef goes with an https url",
    fieldPath = ".caRef")
@Wire
public record TokenIntrospection(
    @JsonPropertyDescription("Pods POST the token there.")
        @Required
        @Size(min = 1, max = 1024)
        @Pattern(Syntax.HTTP_URL)
        String url,
    @JsonPropertyDescription("Who asks, by HTTP Basic (RFC 6749 section 2.3.1).")
        @Required
        @Size(min = 1, max = 256)
        String clientId,
    @JsonPropertyDescription("A Secret's value that is the password that goes with it.") @Required
        SecretKeyRef clientSecretRef,
    @JsonPropertyDescription(
            "How long a pod remembers an answer, at most; never longer than the rule says, nor"
                + " beyond the token's exp. At most 1d; 0s: each request asks.")
        @Default("1m")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration cacheFor,
    @JsonPropertyDescription("How long a request waits for the answer. 100ms to 10s.")
        @Default("2s")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration timeout,
    @JsonPropertyDescription(
            "A Secret in the same namespace whose key ca.crt holds the certificates of the "
                + "authorities to trust; with https. Absent: those of the runtime's image.")
        @Nullable NameRef caRef) {

  public TokenIntrospection {
    cacheFor = Absent.or(cacheFor, ApiDuration.of("1m"));
    timeout = Absent.or(timeout, ApiDuration.of("2s"));
  }
}
