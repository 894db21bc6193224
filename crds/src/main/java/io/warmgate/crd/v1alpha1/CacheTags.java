package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Names that answers can be purged by. */
@Wire
public record CacheTags(
    @JsonPropertyDescription(
            "Headers of answers that carry tags, in any case; between spaces or commas. "
                + "Such as Surrogate-Key and Cache-Tag.")
        @Size(max = 8)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.HEADER_NAME) String> fromHeaders,
    @JsonPropertyDescription("Tags that every answer gets.") @Size(max = 32)
        List<@Size(min = 1, max = 1024) @Pattern(Syntax.TAG) String> add) {

  public CacheTags {
    fromHeaders = Absent.orEmpty(fromHeaders);
    add = Absent.orEmpty(add);
  }

  static final CacheTags NONE = new CacheTags(List.of(), List.of());
}
