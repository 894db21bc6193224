package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * Something in a request: a header, a query parameter, a cookie, or a field of what a model is
 * asked, there or of a value.
 */
@ValidationRule(
    value =
        "[has(self.header), has(self.query), has(self.cookie), has(self.field)].filter(x, x).size()"
            + " == 1",
    message = "exactly one of header, query, cookie and field")
@Wire
public record RequestCondition(
    @JsonPropertyDescription("The name of a header, in any case.")
        @Size(min = 1, max = 256)
        @Pattern(Syntax.HEADER_NAME)
        @Nullable String header,
    @JsonPropertyDescription("The name of a query parameter.") @Size(min = 1, max = 256)
        @Nullable String query,
    @JsonPropertyDescription("The name of a cookie.")
        @Size(min = 1, max = 256)
        @Pattern(Syntax.HEADER_NAME)
        @Nullable String cookie,
    @JsonPropertyDescription(
            "A field of the JSON that a model is asked, as a JSON pointer (RFC 6901), such as"
                + " /metadata/private.")
        @Size(min = 2, max = 256)
        @Pattern("/.*")
        @Nullable String field,
    @JsonPropertyDescription("What its value has to be, exactly. Absent: any.") @Size(max = 1024)
        @Nullable String value) {}
