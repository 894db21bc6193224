package io.warmgate.operator.translate;

import io.warmgate.config.CacheRule;
import io.warmgate.crd.v1alpha1.ApiDuration;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.Consistency;
import io.warmgate.crd.v1alpha1.OnLogLoss;
import java.util.List;

/** What is done while a pod can learn of no purge. */
final class ConsistencyFields {
  private static final PolicyField<ApiDuration> MAX_UNVERIFIED =
      new PolicyField<>("consistency.maxUnverified", spec -> spec.consistency().maxUnverified());
  private static final PolicyField<OnLogLoss> ON_LOG_LOSS =
      new PolicyField<>("consistency.onLogLoss", spec -> spec.consistency().onLogLoss());

  static final List<PolicyField<?>> ALL = List.of(MAX_UNVERIFIED, ON_LOG_LOSS);

  private ConsistencyFields() {}

  static long maxUnverifiedMillis(List<CachePolicy> policies) {
    return MAX_UNVERIFIED
        .first(policies)
        .orElse(Consistency.DEFAULT_MAX_UNVERIFIED)
        .toDuration()
        .toMillis();
  }

  static CacheRule.OnLogLoss onLogLoss(List<CachePolicy> policies) {
    return switch (ON_LOG_LOSS.first(policies).orElse(Consistency.DEFAULT_ON_LOG_LOSS)) {
      case SERVE -> CacheRule.OnLogLoss.SERVE;
      case BYPASS -> CacheRule.OnLogLoss.BYPASS;
    };
  }
}
