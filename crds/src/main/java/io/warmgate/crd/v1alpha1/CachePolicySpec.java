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
            "Defaults for a kind of data; whatever any policy says itself goes before them. Absent "
                + "everywhere: none.")
        @Nullable Preset preset,
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
    @JsonPropertyDescription(
            "Probabilistic: hot answers are brought up to date in the background before they are "
                + "stale. Absent everywhere: None.")
        @Nullable EarlyRefresh earlyRefresh,
    @JsonPropertyDescription("What of a request is part of the key.") CacheKey key,
    @JsonPropertyDescription(
            "The methods that are looked up. POST: for requests that only ask; the body is in the"
                + " key, and answers need a lifetime of their own. Absent everywhere: GET and"
                + " HEAD.")
        @Size(max = 3)
        List<CacheMethod> methods,
    @JsonPropertyDescription(
            "A POST with a larger body is passed on. At most 8Mi. Absent everywhere: 64Ki.")
        @Size(min = 1, max = 20)
        @Pattern(Syntax.SMALL_MEMORY)
        @Nullable String maxKeyedBodySize,
    @JsonPropertyDescription("Requests that are neither looked up nor stored: any of these.")
        @Size(max = 16)
        List<RequestCondition> bypass,
    @JsonPropertyDescription("Requests that are looked up, and whose answers are not stored.")
        @Size(max = 16)
        List<RequestCondition> noStore,
    @JsonPropertyDescription(
            "Of models: whether questions are looked up and stored that hold an e-mail address or a"
                + " number of a card, a telephone, a bank account or social security. Where a"
                + " gateway keeps answers in Redis it has to encrypt them. Absent everywhere:"
                + " they are not.")
        @Nullable Boolean allowSensitive,
    @JsonPropertyDescription("Answers with a smaller body are not stored. Absent: there is none.")
        @Size(min = 1, max = 20)
        @Pattern(Syntax.MEMORY)
        @Nullable String minBodySize,
    @JsonPropertyDescription(
            "Answers with a larger body are not stored. Absent: as large as the caches take.")
        @Size(min = 1, max = 20)
        @Pattern(Syntax.MEMORY)
        @Nullable String maxBodySize,
    @JsonPropertyDescription(
            "How often something is asked for before its answer is stored; each pod counts for "
                + "itself. Absent everywhere: once.")
        @Nullable MinUses minUses,
    @JsonPropertyDescription("Names that answers can be purged by.") CacheTags tags,
    @JsonPropertyDescription("What clients are told of caching.") ClientCaching client,
    @JsonPropertyDescription("What is done when purges may be missed.") Consistency consistency,
    @JsonPropertyDescription("What is to be warm before clients ask for it.") PolicyWarmup warmup) {

  public CachePolicySpec {
    targetRefs = Absent.orEmpty(targetRefs);
    ttl = Absent.or(ttl, CacheTtl.NONE);
    key = Absent.or(key, CacheKey.NONE);
    methods = Absent.orEmpty(methods);
    bypass = Absent.orEmpty(bypass);
    noStore = Absent.orEmpty(noStore);
    client = Absent.or(client, ClientCaching.NONE);
    tags = Absent.or(tags, CacheTags.NONE);
    consistency = Absent.or(consistency, Consistency.NONE);
    warmup = Absent.or(warmup, PolicyWarmup.NONE);
  }

  /** A spec that is for nothing by itself, with these fields alone. */
  public static CachePolicySpec ofDefaults(
      CacheTtl ttl,
      @Nullable ApiDuration staleWhileRevalidate,
      @Nullable ApiDuration staleIfError,
      @Nullable EarlyRefresh earlyRefresh,
      CacheKey key) {
    return new CachePolicySpec(
        List.of(),
        null,
        null,
        ttl,
        staleWhileRevalidate,
        staleIfError,
        earlyRefresh,
        key,
        List.of(),
        null,
        List.of(),
        List.of(),
        null,
        null,
        null,
        null,
        CacheTags.NONE,
        ClientCaching.NONE,
        Consistency.NONE,
        PolicyWarmup.NONE);
  }
}
