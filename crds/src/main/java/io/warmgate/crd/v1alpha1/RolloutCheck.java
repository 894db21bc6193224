package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A URL that has a say in a rollout. The operator asks it, not the gateway. */
@Wire
public record RolloutCheck(
    @JsonPropertyDescription(
            "What is asked, by GET: http:// or https://. Redirects are not followed, and no"
                + " loopback or link-local address is asked.")
        @Required
        @Size(min = 1, max = 2048)
        @Pattern("^https?://[^\\s/?#@]+([/?][^\\s#]*)?$")
        String url,
    @JsonPropertyDescription("How long each of three tries may take. Absent: 5s.")
        @Size(min = 1, max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration timeout,
    @JsonPropertyDescription("The one status that speaks for the release. Absent: 200.")
        @Min(200)
        @Max(599)
        @Nullable Integer expectStatus) {}
