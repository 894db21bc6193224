package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Where an API key is looked for. */
@Wire
public record ApiKeyAuth(
    @JsonPropertyDescription(
            "Request headers, in any case. In Authorization the key is a bearer token.")
        @Default("[\"X-API-Key\"]")
        @Size(min = 1, max = 8)
        List<@Size(min = 1, max = 256) @Pattern(Syntax.HEADER_NAME) String> headers) {
  private static final List<String> DEFAULT = List.of("X-API-Key");

  public ApiKeyAuth {
    headers = Absent.or(headers, DEFAULT);
  }
}
