package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** TLS towards a backend. */
@Wire
public record BackendTls(
    @JsonPropertyDescription(
            "The name that is sent (SNI) and that the certificate must have. Absent: "
                + "the Service's name, or the URL's host.")
        @Size(min = 1, max = 253)
        @Pattern(Syntax.PRECISE_HOSTNAME)
        @Nullable String hostname,
    @JsonPropertyDescription(
            "A Secret whose key ca.crt holds the certificates of the authorities to "
                + "trust. Absent: those of the runtime's image.")
        @Nullable NameRef caRef,
    @JsonPropertyDescription(
            "A Secret of type kubernetes.io/tls with the client certificate to show. "
                + "Absent: none.")
        @Nullable NameRef clientCertificateRef) {}
