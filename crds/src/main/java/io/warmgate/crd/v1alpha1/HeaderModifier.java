package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Headers to set, to add and to remove (Gateway API's HTTPHeaderFilter). */
@Wire
public record HeaderModifier(
    @JsonPropertyDescription("Headers that get this value, whatever was there.")
        @Size(max = 16)
        @ListMapKey("name")
        List<HttpHeader> set,
    @JsonPropertyDescription("Values that are added to what is there.")
        @Size(max = 16)
        @ListMapKey("name")
        List<HttpHeader> add,
    @JsonPropertyDescription("Names of headers that are taken away.") @Size(max = 16)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.HEADER_NAME) String> remove) {

  public HeaderModifier {
    set = Absent.orEmpty(set);
    add = Absent.orEmpty(add);
    remove = Absent.orEmpty(remove);
  }
}
