package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Which links of answers are followed, and how far. */
@Wire
public record RelatedLinks(
    @JsonPropertyDescription("The relation types of the links.")
        @Default("[\"next\", \"prefetch\"]")
        @Size(min = 1, max = 2)
        List<LinkRelation> rels,
    @JsonPropertyDescription(
            "So many links one after the other, from an answer that is warmed anyway.")
        @Default("1")
        @Min(1)
        @Max(10)
        Integer depth) {

  public RelatedLinks {
    rels = rels == null ? List.of(LinkRelation.values()) : List.copyOf(rels);
    depth = Absent.or(depth, 1);
  }
}
