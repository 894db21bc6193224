package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What clients are told of caching. */
@Wire
public record ClientCaching(
    @JsonPropertyDescription(
            "The Cache-Control that clients get on answers that are stored, in place of Expires and"
                + " Age too; or Keep: what the origin said. Absent everywhere: Keep.")
        @Size(min = 1, max = 256)
        @Pattern(Syntax.HEADER_VALUE)
        @Nullable String cacheControl,
    @JsonPropertyDescription(
            "Strip: no client gets Surrogate-Key, Cache-Tag and the headers of tags.fromHeaders. "
                + "Keep: as the origin sent them. Absent everywhere: Keep.")
        @Nullable SurrogateHeaders surrogateHeaders) {

  /** The word for what the origin said. */
  public static final String KEEP = "Keep";

  static final ClientCaching NONE = new ClientCaching(null, null);
}
