package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** The certificate of an HTTPS listener, and those of its clients. */
@Wire
public record ListenerTls(
    @JsonPropertyDescription(
            "A Secret of type kubernetes.io/tls in the gateway's namespace: tls.crt "
                + "and tls.key. A change is taken without a restart.")
        @Required
        NameRef secretRef,
    @JsonPropertyDescription(
            "Whose client certificates are taken. Absent: any, and only where a rule accepts "
                + "them; which it is decides there.")
        @Nullable ClientCertificates clientCertificates) {}
