package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Which release a rule's entries are of, and how they are cached. */
@Wire
public record RuleGeneration(
    @JsonPropertyDescription("The rule's name, or its index where it has none.")
        @Required
        @Size(min = 1, max = 63)
        String rule,
    @JsonPropertyDescription(
            "The beginning of the generation's hash; several, in the order of the "
                + "versions, where backends have different ones.")
        @Required
        @Size(min = 1, max = RuleGeneration.MOST)
        String generation,
    @JsonPropertyDescription(
            "What the policies that reach the rule come to, without what is the default anyway. "
                + "Absent: it is not cached.")
        @Size(max = 1024)
        @Nullable String policy) {
  /** Sixteen backendRefs of sixty-four models, a hash of sixteen digits and a comma each. */
  static final int MOST = 16 * 64 * 17;
}
