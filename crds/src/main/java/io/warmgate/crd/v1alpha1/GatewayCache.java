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
@ValidationRule(
    value = "!has(self.partitionShare) || !has(self.partitionShare.redis) || has(self.sharedRef)",
    message = "partitionShare.redis is for a shared cache: set sharedRef",
    fieldPath = ".partitionShare")
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
        @Nullable CacheEncryption encryption,
    @JsonPropertyDescription(
            "What the entries of one partition (partitionBy of a CachePolicy) may take of "
                + "both, so that no consumer pushes out what others have. Absent: a quarter.")
        @Nullable PartitionShare partitionShare) {

  public GatewayCache {
    local = Absent.or(local, LocalCache.DEFAULT);
  }

  static final GatewayCache DEFAULT = new GatewayCache(LocalCache.DEFAULT, null, null, null);
}
