package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What is to be warm beside what clients ask most for. */
@Wire
public record PolicyWarmup(
    @JsonPropertyDescription(
            "Requests that are asked for whenever the policy's routes are warmed, before a release"
                + " has traffic for example. All of them count, of every policy that reaches a"
                + " route.")
        @Size(max = 16)
        List<WarmupSource> sources) {

  static final PolicyWarmup NONE = new PolicyWarmup(List.of());

  public PolicyWarmup {
    sources = Absent.orEmpty(sources);
  }
}
