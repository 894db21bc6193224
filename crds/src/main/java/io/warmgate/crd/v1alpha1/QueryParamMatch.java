package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A query parameter that a request must have; where it occurs more than once, its first value. */
@Wire
public record QueryParamMatch(
    @JsonPropertyDescription("Exact, or RegularExpression (RE2 syntax, the whole value).")
        @Default("Exact")
        ValueMatchType type,
    @JsonPropertyDescription("The parameter's name, decoded, in exactly this case.")
        @Required
        @Size(min = 1, max = 256)
        String name,
    @JsonPropertyDescription("The value or expression, decoded.")
        @Required
        @Size(min = 1, max = 1024)
        String value) {

  public QueryParamMatch {
    type = Absent.or(type, ValueMatchType.EXACT);
  }
}
