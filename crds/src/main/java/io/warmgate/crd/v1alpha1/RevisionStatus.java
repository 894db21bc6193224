package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The two numbers that say how far a configuration has come. */
@Wire
public record RevisionStatus(
    @JsonPropertyDescription("The newest revision that was written.") @Required Long current,
    @JsonPropertyDescription("The last revision that every answering pod took; 0 is none yet.")
        @Required
        Long acknowledged) {}
