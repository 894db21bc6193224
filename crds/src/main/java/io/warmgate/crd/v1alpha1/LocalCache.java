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
        String maxMemory,
    @JsonPropertyDescription(
            "What goes first when that is full. TinyLFU: what is asked for less often than "
                + "what comes in. LRU: the least recently used. LFU: the least often used. FIFO: "
                + "the one stored first. Random: any. TTL: the one that expires soonest.")
        @Default("TinyLFU")
        LocalEviction eviction) {

  public LocalCache {
    maxMemory = Absent.or(maxMemory, "64Mi");
    eviction = Absent.or(eviction, LocalEviction.TINY_LFU);
  }

  static final LocalCache DEFAULT = new LocalCache("64Mi", LocalEviction.TINY_LFU);
}
