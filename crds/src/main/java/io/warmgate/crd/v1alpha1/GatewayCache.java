package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** The two layers that a gateway caches in. */
@Wire
public record GatewayCache(
    @JsonPropertyDescription("The cache in each pod's memory (L1).") @Default("{}")
        LocalCache local,
    @JsonPropertyDescription(
            "The RedisCache that the pods share (L2). Absent: each pod caches for "
                + "itself alone.")
        @Nullable NameRef sharedRef) {

  public GatewayCache {
    local = Absent.or(local, LocalCache.DEFAULT);
  }

  static final GatewayCache DEFAULT = new GatewayCache(LocalCache.DEFAULT, null);
}
