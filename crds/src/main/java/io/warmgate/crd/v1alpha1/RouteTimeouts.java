package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How long an answer may take (Gateway API, GEP-1742). */
@Wire
public record RouteTimeouts(
    @JsonPropertyDescription(
            "From the request's headers to the end of the answer, retries included; "
                + "0s is no limit.")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration request,
    @JsonPropertyDescription("One try, from sending to the answer's headers; 0s is no limit.")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration backendRequest,
    @JsonPropertyDescription(
            "Of models: until an answer begins; then another of that name is asked. 0s is no"
                + " limit.")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration firstToken) {

  static final RouteTimeouts NONE = new RouteTimeouts(null, null, null);
}
