package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a request, besides method, scheme, host and path, is part of the key. */
@Wire
public record CacheKey(
    @JsonPropertyDescription("Which query parameters. Absent: all of them.")
        @Nullable QueryKey query,
    @JsonPropertyDescription(
            "Request headers whose values are part of the key, in any case; besides "
                + "those that an answer names in Vary.")
        @Size(max = 16)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.HEADER_NAME) String> headers) {

  public CacheKey {
    headers = Absent.orEmpty(headers);
  }

  static final CacheKey NONE = new CacheKey(null, List.of());
}
