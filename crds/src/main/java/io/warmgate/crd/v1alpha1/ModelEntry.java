package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of several models at the same place, asked with the same keys. */
@Wire
public record ModelEntry(
    @JsonPropertyDescription(
            "What the provider and clients call it; at Azure the deployment, at Bedrock the id or"
                + " the ARN of a model or an inference profile. The name * is any model: the"
                + " provider is asked for the one that the client names.")
        @Required
        @Size(min = 1, max = 256)
        @Pattern(Syntax.VISIBLE)
        String name,
    @JsonPropertyDescription(
            "What clients may call it besides its name. In the list a name may be there once.")
        @Size(max = 16)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.VISIBLE) String> publicNames,
    @JsonPropertyDescription(
            "The version that its answers are of, where name alone does not say it. A server of"
                + " tensors is asked for it; absent: the newest that every pod has found there."
                + " Changing it is a release of this model alone.")
        @Size(min = 1, max = 63)
        @Pattern(Syntax.VERSION)
        @Nullable String modelVersion,
    @JsonPropertyDescription(
            "What it costs. Absent: what the operator's list of models says, where it is there. Any"
                + " model has no price but this one.")
        @Nullable ModelPrice price) {

  public ModelEntry {
    publicNames = Absent.orEmpty(publicNames);
  }

  /** Whether it is any model, by whichever name. */
  public boolean isAny() {
    return "*".equals(name);
  }
}
