package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.Quantity;
import io.warmgate.config.Admission;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicySpec;
import io.warmgate.crd.v1alpha1.MinUses;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Which answers are worth their place. */
final class AdmissionFields {
  private static final PolicyField<String> MIN_BODY =
      new PolicyField<>("minBodySize", CachePolicySpec::minBodySize);
  private static final PolicyField<String> MAX_BODY =
      new PolicyField<>("maxBodySize", CachePolicySpec::maxBodySize);
  private static final PolicyField<MinUses> MIN_USES =
      new PolicyField<>("minUses", CachePolicySpec::minUses);

  static final List<PolicyField<?>> ALL = List.of(MIN_BODY, MAX_BODY, MIN_USES);

  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private AdmissionFields() {}

  static Admission merge(List<CachePolicy> policies) {
    Optional<MinUses> uses = MIN_USES.first(policies);
    return new Admission(
        MIN_BODY.first(policies).map(AdmissionFields::bytes).orElse(0L),
        MAX_BODY.first(policies).map(AdmissionFields::bytes).orElse(null),
        uses.map(MinUses::requests).orElse(1),
        uses.map(any -> any.within().toDuration().toMillis()).orElse(0L));
  }

  /** Of a Kubernetes quantity; what is beyond every body counts as that. */
  static long bytes(String quantity) {
    return new Quantity(quantity).getNumericalAmount().min(MOST).longValue();
  }
}
