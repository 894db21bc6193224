package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which query parameters are part of the key, and in which order; those that are not are not sent
 * to the backend for an answer that may be kept. At most one of the two lists.
 */
@ValidationRule(
    value = "!(has(self.include) && has(self.exclude))",
    message = "either include or exclude")
@ValidationRule(
    value = "has(self.include) || has(self.exclude) || has(self.order)",
    message = "says nothing")
@Wire
public record QueryKey(
    @JsonPropertyDescription("Only these; \"*\" in a name stands for any characters.")
        @Size(max = 64)
        List<@Size(min = 1, max = 256) String> include,
    @JsonPropertyDescription("All but these; \"*\" in a name stands for any characters: utm_*.")
        @Size(max = 64)
        List<@Size(min = 1, max = 256) String> exclude,
    @JsonPropertyDescription(
            "Keep: the order of parameters is part of the key. Sort: it is not, those of one name"
                + " excepted. Absent everywhere: Keep.")
        @Nullable QueryOrder order) {

  public QueryKey {
    include = Absent.orEmpty(include);
    exclude = Absent.orEmpty(exclude);
  }
}
