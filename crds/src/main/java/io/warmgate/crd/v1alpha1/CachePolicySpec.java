package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks of the cache. No field has a structural default: a default that the API server
 * wrote into a rule's policy would hide the gateway's.
 */
@ValidationRule(
    value =
        "self.targetRefs.all(t, self.targetRefs.exists_one(other, other.kind == "
            + "t.kind && other.name == t.name && (has(t.sectionName) ? "
            + "has(other.sectionName) && other.sectionName == t.sectionName : "
            + "!has(other.sectionName))))",
    message = "a target may be named once",
    fieldPath = ".targetRefs")
@Wire
public record CachePolicySpec(
    @JsonPropertyDescription("What the policy is for.") @Required @Size(min = 1, max = 16)
        List<CacheTarget> targetRefs,
    @JsonPropertyDescription(
            "Honor: what an answer says of its freshness goes before ttl. Override: ttl goes"
                + " before. Absent everywhere: Honor.")
        @Nullable CacheMode mode,
    @JsonPropertyDescription("How long answers are fresh.") CacheTtl ttl,
    @JsonPropertyDescription(
            "How long beyond its freshness an answer is served while it is brought up to "
                + "date, where it does not say itself (RFC 5861 §3). Absent: not at all.")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration staleWhileRevalidate,
    @JsonPropertyDescription(
            "How long beyond its freshness an answer stands in for one that the backend "
                + "fails to give, where it does not say itself (RFC 5861 §4). Absent: not at all.")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration staleIfError,
    @JsonPropertyDescription("What of a request is part of the key.") CacheKey key,
    @JsonPropertyDescription("Names that answers can be purged by.") CacheTags tags,
    @JsonPropertyDescription("What is done when purges may be missed.") Consistency consistency) {

  public CachePolicySpec {
    targetRefs = Absent.orEmpty(targetRefs);
    ttl = Absent.or(ttl, CacheTtl.NONE);
    key = Absent.or(key, CacheKey.NONE);
    tags = Absent.or(tags, CacheTags.NONE);
    consistency = Absent.or(consistency, Consistency.NONE);
  }
}
