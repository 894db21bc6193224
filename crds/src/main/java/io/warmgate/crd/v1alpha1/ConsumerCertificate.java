package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A client certificate. */
@ValidationRule(
    value = "has(self.sha256) != has(self.secretRef)",
    message = "exactly one of sha256 and secretRef")
@Wire
public record ConsumerCertificate(
    @JsonPropertyDescription(
            "Its SHA-256 fingerprint in hexadecimal, with or without colons: openssl x509"
                + " -fingerprint -sha256.")
        @Size(min = 64, max = 95)
        @Pattern(Syntax.FINGERPRINT)
        @Nullable String sha256,
    @JsonPropertyDescription("A Secret with it as tls.crt, the first of a chain.")
        @Nullable NameRef secretRef) {}
