package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How long answers of one status are fresh. */
@Wire
public record StatusTtl(
    @JsonPropertyDescription(
            "A status that answers are stored with (200, 203, 204, 300, 301, 302, 303, 307, 308,"
                + " 404, 410, 451), or a class: 2xx or 3xx. The status goes before its class.")
        @Required
        @Size(min = 3, max = 3)
        @Pattern("^(20[034]|30[012378]|404|410|451|2xx|3xx)$")
        String status,
    @JsonPropertyDescription("How long they are fresh.")
        @Required
        @Size(min = 1, max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration ttl) {}
