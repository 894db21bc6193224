package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** TLS towards a Redis that somebody else runs. */
@Wire
public record RedisTls(
    @JsonPropertyDescription(
            "The name or address that the server's certificate must have. Absent: the "
                + "endpoint's host.")
        @Size(min = 1, max = 253)
        @Pattern(Syntax.PRECISE_HOSTNAME)
        @Nullable String serverName,
    @JsonPropertyDescription(
            "A Secret in the same namespace whose key ca.crt holds the certificates of "
                + "the authorities to trust. Absent: those of the runtime's image.")
        @Nullable NameRef caSecretRef,
    @JsonPropertyDescription(
            "A Secret of type kubernetes.io/tls in the same namespace with the client "
                + "certificate to show. Absent: none.")
        @Nullable NameRef clientCertificateRef) {}
