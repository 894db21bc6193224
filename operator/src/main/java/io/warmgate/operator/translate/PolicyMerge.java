package io.warmgate.operator.translate;

import io.warmgate.config.CacheRule;
import io.warmgate.crd.v1alpha1.ApiDuration;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicySpec;
import io.warmgate.crd.v1alpha1.Consistency;
import io.warmgate.crd.v1alpha1.OnLogLoss;
import io.warmgate.crd.v1alpha1.QueryKey;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Policies into what holds. */
final class PolicyMerge {
  static final PolicyField<ApiDuration> DEFAULT_TTL =
      new PolicyField<>("ttl.default", spec -> spec.ttl().defaultTtl());
  static final PolicyField<ApiDuration> MAX_TTL =
      new PolicyField<>("ttl.max", spec -> spec.ttl().max());
  static final PolicyField<ApiDuration> STALE_WHILE_REVALIDATE =
      new PolicyField<>("staleWhileRevalidate", CachePolicySpec::staleWhileRevalidate);
  static final PolicyField<ApiDuration> STALE_IF_ERROR =
      new PolicyField<>("staleIfError", CachePolicySpec::staleIfError);
  static final PolicyField<QueryKey> QUERY =
      new PolicyField<>("key.query", spec -> spec.key().query());
  static final PolicyField<List<String>> HEADERS =
      new PolicyField<>("key.headers", spec -> PolicyField.some(spec.key().headers()));
  static final PolicyField<List<String>> TAG_HEADERS =
      new PolicyField<>("tags.fromHeaders", spec -> PolicyField.some(spec.tags().fromHeaders()));
  static final PolicyField<List<String>> ADDED_TAGS =
      new PolicyField<>("tags.add", spec -> PolicyField.some(spec.tags().add()));
  static final PolicyField<ApiDuration> MAX_UNVERIFIED =
      new PolicyField<>("consistency.maxUnverified", spec -> spec.consistency().maxUnverified());
  static final PolicyField<OnLogLoss> ON_LOG_LOSS =
      new PolicyField<>("consistency.onLogLoss", spec -> spec.consistency().onLogLoss());

  /** All that are merged. */
  static final List<PolicyField<?>> FIELDS =
      List.of(
          DEFAULT_TTL,
          MAX_TTL,
          STALE_WHILE_REVALIDATE,
          STALE_IF_ERROR,
          QUERY,
          HEADERS,
          TAG_HEADERS,
          ADDED_TAGS,
          MAX_UNVERIFIED,
          ON_LOG_LOSS);

  private PolicyMerge() {}

  /**
   * @param policies most specific first, oldest first among equals
   */
  static CacheRule merge(List<CachePolicy> policies) {
    return new CacheRule(
        millis(DEFAULT_TTL, policies),
        millis(MAX_TTL, policies),
        millis(STALE_WHILE_REVALIDATE, policies),
        millis(STALE_IF_ERROR, policies),
        QUERY.first(policies).map(PolicyMerge::query).orElseGet(PolicyMerge::wholeQuery),
        HEADERS.first(policies).map(PolicyMerge::canonical).orElse(List.of()),
        new CacheRule.Tags(
            TAG_HEADERS.first(policies).map(PolicyMerge::canonical).orElse(List.of()),
            ADDED_TAGS.first(policies).map(PolicyMerge::sorted).orElse(List.of())),
        MAX_UNVERIFIED
            .first(policies)
            .orElse(Consistency.DEFAULT_MAX_UNVERIFIED)
            .toDuration()
            .toMillis(),
        switch (ON_LOG_LOSS.first(policies).orElse(Consistency.DEFAULT_ON_LOG_LOSS)) {
          case SERVE -> CacheRule.OnLogLoss.SERVE;
          case BYPASS -> CacheRule.OnLogLoss.BYPASS;
        });
  }

  private static @Nullable Long millis(PolicyField<ApiDuration> field, List<CachePolicy> policies) {
    return field.first(policies).map(duration -> duration.toDuration().toMillis()).orElse(null);
  }

  private static CacheRule.QueryKey query(QueryKey key) {
    if (key.include().isEmpty() && key.exclude().isEmpty()) {
      return wholeQuery();
    }
    return key.include().isEmpty()
        ? new CacheRule.QueryKey(CacheRule.QueryKey.Mode.EXCLUDE, sorted(key.exclude()))
        : new CacheRule.QueryKey(CacheRule.QueryKey.Mode.INCLUDE, sorted(key.include()));
  }

  private static CacheRule.QueryKey wholeQuery() {
    return new CacheRule.QueryKey(CacheRule.QueryKey.Mode.ALL, List.of());
  }

  private static List<String> canonical(List<String> headers) {
    return sorted(headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().distinct().sorted().toList();
  }
}
