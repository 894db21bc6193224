package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** L1: the cache in a pod's memory, bounded in bytes. */
@Wire
public record LocalCache(
    @JsonPropertyDescription(
            "The most memory that cached responses take in each pod, as a Kubernetes "
                + "quantity.")
        @Default("64Mi")
        @Size(min = 1, max = 20)
        @Pattern(Syntax.MEMORY)
        String maxMemory) {

  public LocalCache {
    maxMemory = Absent.or(maxMemory, "64Mi");
  }

  static final LocalCache DEFAULT = new LocalCache("64Mi");
}
