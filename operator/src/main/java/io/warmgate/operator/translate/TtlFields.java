package io.warmgate.operator.translate;

import io.warmgate.config.Lifetimes;
import io.warmgate.crd.v1alpha1.ApiDuration;
import io.warmgate.crd.v1alpha1.CacheMode;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicySpec;
import io.warmgate.crd.v1alpha1.StatusTtl;
import java.util.Comparator;
import java.util.List;

/** How long answers are fresh. */
final class TtlFields {
  private static final PolicyField<CacheMode> MODE =
      new PolicyField<>("mode", CachePolicySpec::mode);
  static final PolicyField<ApiDuration> DEFAULT =
      new PolicyField<>("ttl.default", spec -> spec.ttl().defaultTtl());
  private static final PolicyField<List<StatusTtl>> BY_STATUS =
      PolicyField.list("ttl.byStatus", spec -> spec.ttl().byStatus());
  private static final PolicyField<ApiDuration> NEGATIVE =
      new PolicyField<>("ttl.negative", spec -> spec.ttl().negative());
  static final PolicyField<ApiDuration> MAX =
      new PolicyField<>("ttl.max", spec -> spec.ttl().max());

  static final List<PolicyField<?>> ALL = List.of(MODE, DEFAULT, BY_STATUS, NEGATIVE, MAX);

  private TtlFields() {}

  static Lifetimes merge(List<CachePolicy> policies) {
    return new Lifetimes(
        switch (MODE.first(policies).orElse(CacheMode.HONOR)) {
          case HONOR -> Lifetimes.Mode.HONOR;
          case OVERRIDE -> Lifetimes.Mode.OVERRIDE;
        },
        BY_STATUS.first(policies).orElse(List.of()).stream()
            .map(TtlFields::ofStatus)
            .sorted(Comparator.comparingInt(Lifetimes.OfStatus::status))
            .toList(),
        PolicyField.millis(NEGATIVE, policies));
  }

  /** {@code 2xx} is the class 2. */
  private static Lifetimes.OfStatus ofStatus(StatusTtl entry) {
    String status = entry.status();
    return new Lifetimes.OfStatus(
        Integer.parseInt(status.endsWith("xx") ? status.substring(0, 1) : status),
        entry.ttl().toDuration().toMillis());
  }
}
