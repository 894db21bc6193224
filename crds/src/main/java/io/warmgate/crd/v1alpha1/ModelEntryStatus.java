package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What is known of one of several models. */
@Wire
public record ModelEntryStatus(
    @JsonPropertyDescription("Its name in spec.models.") @Required @Size(max = 256) String name,
    @JsonPropertyDescription(
            "The tokens that a question and its answer may have together, where the operator's list"
                + " of models knows it.")
        @Nullable Long contextWindow,
    @JsonPropertyDescription(
            "The currency of its price. Absent: it has none that is known, so its tokens are"
                + " counted, and no money.")
        @Size(max = 3)
        @Nullable String currency) {}
