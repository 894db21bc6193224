package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A header that a request must have. */
@Wire
public record HeaderMatch(
    @JsonPropertyDescription("Exact, or RegularExpression (RE2 syntax, the whole value).")
        @Default("Exact")
        ValueMatchType type,
    @JsonPropertyDescription("The header's name, in any case.")
        @Required
        @Size(min = 1, max = 256)
        @Pattern(Syntax.HEADER_NAME)
        String name,
    @JsonPropertyDescription("The value or expression.") @Required @Size(min = 1, max = 4096)
        String value) {

  public HeaderMatch {
    type = Absent.or(type, ValueMatchType.EXACT);
  }
}
