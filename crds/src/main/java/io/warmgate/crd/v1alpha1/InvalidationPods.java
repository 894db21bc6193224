package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Who has applied a purge. */
@Wire
public record InvalidationPods(
    @JsonPropertyDescription("Pods that have to apply it.") @Required Integer answering,
    @JsonPropertyDescription("Those that have.") @Required Integer acknowledged,
    @JsonPropertyDescription("The names of those that have not: at most 16.") @Size(max = 16)
        List<@Size(max = 253) String> pending) {

  public InvalidationPods {
    pending = Absent.orEmpty(pending);
  }
}
