package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How long answers are fresh. */
@Wire
public record CacheTtl(
    @JsonPropertyDescription(
            "How long an answer is fresh that does not say so itself (RFC 9111 "
                + "§4.2.1). Absent: it is not stored unless it has a validator.")
        @JsonProperty("default")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration defaultTtl,
    @JsonPropertyDescription(
            "The longest that an answer is fresh, whatever it says. Absent: no limit.")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration max) {

  static final CacheTtl NONE = new CacheTtl(null, null);
}
