package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A Redis that somebody else runs. */
@Wire
public record ExternalRedis(
    @JsonPropertyDescription("host:port of the server.")
        @Required
        @Size(min = 3, max = 260)
        @Pattern(Syntax.HOST_PORT)
        String endpoint,
    @JsonPropertyDescription(
            "A Secret in the same namespace with the keys password and, where Redis "
                + "knows users, username. Absent: no authentication.")
        @Nullable NameRef secretRef,
    @JsonPropertyDescription(
            "TLS to the server, whose certificate is checked; {} for the defaults. "
                + "Absent: no TLS.")
        @Nullable RedisTls tls) {}
