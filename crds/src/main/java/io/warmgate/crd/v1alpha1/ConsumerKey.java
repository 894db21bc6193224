package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An API key. */
@Wire
public record ConsumerKey(
    @JsonPropertyDescription("The key's name, unique in the consumer.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Syntax.SECTION_NAME)
        String name,
    @JsonPropertyDescription(
            "A Secret's value that is the key, of at least 20 characters. Absent: a key is made,"
                + " once, in the Secret CONSUMER-NAME under apiKey.")
        @Nullable SecretKeyRef secretRef,
    @JsonPropertyDescription("From when it is none (RFC 3339). Absent: never.")
        @Size(max = 40)
        @Pattern(Syntax.TIMESTAMP)
        @Nullable String expires) {}
