package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** What is selected by its labels. */
@Wire
public record PeerSelector(
    @JsonPropertyDescription("Labels that it has, all of them. Empty: it may have any.")
        @Size(max = 16)
        Map<String, String> matchLabels) {

  public PeerSelector {
    matchLabels = Absent.orEmpty(matchLabels);
  }
}
