package io.warmgate.operator.translate;

import io.warmgate.config.Expiry;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicySpec;
import io.warmgate.crd.v1alpha1.EarlyRefresh;
import java.util.List;

/** How the ends of entries are spread. */
final class ExpiryFields {
  private static final PolicyField<Integer> JITTER =
      new PolicyField<>("ttl.jitter", spec -> spec.ttl().jitter());
  private static final PolicyField<EarlyRefresh> EARLY_REFRESH =
      new PolicyField<>("earlyRefresh", CachePolicySpec::earlyRefresh);

  static final List<PolicyField<?>> ALL = List.of(JITTER, EARLY_REFRESH);

  private ExpiryFields() {}

  static Expiry merge(List<CachePolicy> policies) {
    return new Expiry(
        JITTER.first(policies).orElse(0),
        switch (EARLY_REFRESH.first(policies).orElse(EarlyRefresh.NONE)) {
          case NONE -> Expiry.EarlyRefresh.OFF;
          case PROBABILISTIC -> Expiry.EarlyRefresh.ON;
        });
  }
}
