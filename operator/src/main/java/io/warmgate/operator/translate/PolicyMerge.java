package io.warmgate.operator.translate;

import io.warmgate.config.CacheOptions;
import io.warmgate.config.CacheRule;
import io.warmgate.crd.v1alpha1.ApiDuration;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicySpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Policies into what holds, each field taken from the first policy that has it. The fields are in
 * the classes named {@code …Fields}, one for each part of a policy.
 */
final class PolicyMerge {
  private static final PolicyField<ApiDuration> STALE_WHILE_REVALIDATE =
      new PolicyField<>("staleWhileRevalidate", CachePolicySpec::staleWhileRevalidate);
  private static final PolicyField<ApiDuration> STALE_IF_ERROR =
      new PolicyField<>("staleIfError", CachePolicySpec::staleIfError);

  /** All that are merged. */
  static final List<PolicyField<?>> FIELDS =
      Stream.of(
              List.<PolicyField<?>>of(Presets.FIELD),
              TtlFields.ALL,
              List.<PolicyField<?>>of(STALE_WHILE_REVALIDATE, STALE_IF_ERROR),
              ExpiryFields.ALL,
              KeyFields.ALL,
              RequestFields.ALL,
              AdmissionFields.ALL,
              TagFields.ALL,
              ClientFields.ALL,
              ConsistencyFields.ALL)
          .flatMap(List::stream)
          .toList();

  private static final Duration MODELS_TTL = Duration.ofHours(1);

  private PolicyMerge() {}

  /**
   * @param written most specific first, oldest first among equals
   */
  static CacheRule merge(List<CachePolicy> written) {
    List<CachePolicy> policies = Presets.after(written);
    return merged(policies, PolicyField.millis(TtlFields.DEFAULT, policies));
  }

  /** Where models answer, who say nothing of how long that holds. */
  static CacheRule mergeForModels(List<CachePolicy> written) {
    List<CachePolicy> policies = Presets.afterForModels(written);
    Long millis = PolicyField.millis(TtlFields.DEFAULT, policies);
    return merged(policies, millis == null ? MODELS_TTL.toMillis() : millis);
  }

  private static CacheRule merged(List<CachePolicy> policies, @Nullable Long defaultTtlMillis) {
    return new CacheRule(
        defaultTtlMillis,
        PolicyField.millis(TtlFields.MAX, policies),
        PolicyField.millis(STALE_WHILE_REVALIDATE, policies),
        PolicyField.millis(STALE_IF_ERROR, policies),
        KeyFields.query(policies),
        KeyFields.headers(policies),
        TagFields.merge(policies),
        ConsistencyFields.maxUnverifiedMillis(policies),
        ConsistencyFields.onLogLoss(policies),
        new CacheOptions(
            TtlFields.merge(policies),
            KeyFields.merge(policies),
            ExpiryFields.merge(policies),
            RequestFields.methods(policies),
            RequestFields.merge(policies),
            AdmissionFields.merge(policies),
            ClientFields.merge(policies)));
  }
}
