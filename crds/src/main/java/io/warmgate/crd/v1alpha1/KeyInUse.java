package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An API key that pods know. */
@Wire
public record KeyInUse(
    @JsonPropertyDescription("The key's name in the spec.") @Required @Size(min = 1, max = 63)
        String name,
    @JsonPropertyDescription("The first 8 digits of its SHA-256: enough to tell keys apart.")
        @Required
        @Size(min = 8, max = 8)
        String sha256,
    @JsonPropertyDescription("From when it is none (RFC 3339). Absent: never.") @Size(max = 40)
        @Nullable String expires) {}
