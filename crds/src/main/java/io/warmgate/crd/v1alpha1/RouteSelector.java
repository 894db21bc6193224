package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** Routes by their labels. */
@Wire
public record RouteSelector(
    @JsonPropertyDescription("Labels that a route has, all of them.")
        @Required
        @Size(min = 1, max = 16)
        Map<String, String> matchLabels) {

  public RouteSelector {
    matchLabels = Absent.orEmpty(matchLabels);
  }
}
