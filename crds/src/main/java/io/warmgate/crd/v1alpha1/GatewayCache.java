package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The two layers that a gateway caches in. */
@ValidationRule(
    value = "!has(self.encryption) || has(self.sharedRef)",
    message = "encryption is for a shared cache: set sharedRef",
    fieldPath = ".encryption")
@Wire
public record GatewayCache(
    @JsonPropertyDescription("The cache in each pod's memory (L1).") @Default("{}")
        LocalCache local,
    @JsonPropertyDescription(
            "The RedisCache that the pods share (L2). Absent: each pod caches for "
                + "itself alone.")
        @Nullable NameRef sharedRef,
    @JsonPropertyDescription(
            "Encrypts what is kept in Redis. Absent: it lies there as it was answered.")
        @Nullable CacheEncryption encryption) {

  public GatewayCache {
    local = Absent.or(local, LocalCache.DEFAULT);
  }

  static final GatewayCache DEFAULT = new GatewayCache(LocalCache.DEFAULT, null, null);
}
