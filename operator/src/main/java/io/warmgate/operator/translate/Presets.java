package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.ApiDuration;
import io.warmgate.crd.v1alpha1.CacheKey;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicySpec;
import io.warmgate.crd.v1alpha1.CacheTtl;
import io.warmgate.crd.v1alpha1.EarlyRefresh;
import io.warmgate.crd.v1alpha1.KeyPartition;
import io.warmgate.crd.v1alpha1.Preset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is usual for a kind of data, as a policy that goes after all others. */
final class Presets {
  static final PolicyField<Preset> FIELD = new PolicyField<>("preset", CachePolicySpec::preset);

  private Presets() {}

  /** The policies, and after them what the preset says that the first of them names. */
  static List<CachePolicy> after(List<CachePolicy> policies) {
    List<CachePolicy> all = new ArrayList<>(policies);
    FIELD.first(policies).map(Presets::policy).ifPresent(all::add);
    return all;
  }

  /**
   * The same where models answer. Unless a policy itself says otherwise an answer is its consumer's
   * alone: people ask models what they tell nobody else, so a preset for shared data does not count
   * for that.
   */
  static List<CachePolicy> afterForModels(List<CachePolicy> policies) {
    List<CachePolicy> all = new ArrayList<>(policies);
    all.add(policy(spec(CacheTtl.NONE, null, null, null, KeyPartition.CONSUMER)));
    FIELD.first(policies).map(Presets::policy).ifPresent(all::add);
    return all;
  }

  private static CachePolicy policy(Preset preset) {
    return policy(
        switch (preset) {
          case STATIC -> shared(ttl("1d", "1m", 10), "1h", "7d", EarlyRefresh.NONE);
          case MODERATE -> shared(ttl("5m", "10s", 10), "1m", "1h", EarlyRefresh.PROBABILISTIC);
          case VOLATILE -> shared(ttl("5s", "1s", 0), "5s", "1m", EarlyRefresh.PROBABILISTIC);
          case PER_USER ->
              spec(
                  ttl("1m", null, 0),
                  null,
                  ApiDuration.of("5m"),
                  EarlyRefresh.NONE,
                  KeyPartition.CREDENTIAL);
        });
  }

  private static CachePolicy policy(CachePolicySpec spec) {
    CachePolicy policy = new CachePolicy();
    policy.setSpec(spec);
    return policy;
  }

  private static CacheTtl ttl(String byDefault, @Nullable String negative, int jitter) {
    return new CacheTtl(
        ApiDuration.of(byDefault),
        List.of(),
        negative == null ? null : ApiDuration.of(negative),
        null,
        jitter);
  }

  private static CachePolicySpec shared(
      CacheTtl ttl, String whileRevalidate, String ifError, EarlyRefresh early) {
    return spec(
        ttl, ApiDuration.of(whileRevalidate), ApiDuration.of(ifError), early, KeyPartition.NONE);
  }

  private static CachePolicySpec spec(
      CacheTtl ttl,
      @Nullable ApiDuration whileRevalidate,
      @Nullable ApiDuration ifError,
      @Nullable EarlyRefresh early,
      KeyPartition partition) {
    return CachePolicySpec.ofDefaults(
        ttl,
        whileRevalidate,
        ifError,
        early,
        new CacheKey(null, List.of(), List.of(), List.of(), partition, null, List.of()));
  }
}
