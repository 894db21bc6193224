package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * Which query parameters are part of the key; those that are not are not sent to the backend for an
 * answer that may be kept. One of the two lists.
 */
@ValidationRule(
    value = "has(self.include) != has(self.exclude)",
    message = "either include or exclude")
@Wire
public record QueryKey(
    @JsonPropertyDescription("Only these; \"*\" in a name stands for any characters.")
        @Size(max = 64)
        List<@Size(min = 1, max = 256) String> include,
    @JsonPropertyDescription("All but these; \"*\" in a name stands for any characters: utm_*.")
        @Size(max = 64)
        List<@Size(min = 1, max = 256) String> exclude) {

  public QueryKey {
    include = Absent.orEmpty(include);
    exclude = Absent.orEmpty(exclude);
  }
}
