package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The certificate of an HTTPS listener. */
@Wire
public record ListenerTls(
    @JsonPropertyDescription(
            "A Secret of type kubernetes.io/tls in the gateway's namespace: tls.crt "
                + "and tls.key. A change is taken without a restart.")
        @Required
        NameRef secretRef) {}
