package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where a JWK Set (RFC 7517 §5) is. */
@ValidationRule(
    value = "has(self.url) != has(self.secretRef)",
    message = "exactly one of url and secretRef")
@ValidationRule(
    value = "!has(self.caRef) || (has(self.url) && self.url.startsWith('https://'))",
    message = "caRef goes with an https url",
    fieldPath = ".caRef")
@Wire
public record Jwks(
    @JsonPropertyDescription("Pods ask for it there.")
        @Size(min = 1, max = 1024)
        @Pattern(Syntax.HTTP_URL)
        @Nullable String url,
    @JsonPropertyDescription("A Secret's value that is the set, as JSON.")
        @Nullable SecretKeyRef secretRef,
    @JsonPropertyDescription(
            "How old keys from the url are before they are asked for again, in the background. 1s"
                + " to 1d.")
        @Default("10m")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration refresh,
    @JsonPropertyDescription(
            "How old they may be where the url does not answer; beyond that no token verifies. At"
                + " least refresh, at most 7d.")
        @Default("1h")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration maxStale,
    @JsonPropertyDescription(
            "A Secret in the same namespace whose key ca.crt holds the certificates of the "
                + "authorities to trust; with https. Absent: those of the runtime's image.")
        @Nullable NameRef caRef) {

  public Jwks {
    refresh = Absent.or(refresh, ApiDuration.of("10m"));
    maxStale = Absent.or(maxStale, ApiDuration.of("1h"));
  }
}
