package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Policies for one target that say different things of one field: the older one's counts, and the
 * younger is told; its other fields count.
 */
final class PolicyConflicts {
  private PolicyConflicts() {}

  /**
   * @param level the policies for one target, oldest first
   * @param targetRef index of that target in a policy's {@code spec.targetRefs}
   */
  static void find(
      List<CachePolicy> level, ToIntFunction<CachePolicy> targetRef, Findings findings) {
    for (int i = 1; i < level.size(); i++) {
      CachePolicy younger = level.get(i);
      List<String> lost = new ArrayList<>();
      for (PolicyField<?> field : PolicyMerge.FIELDS) {
        winner(field, level.subList(0, i), younger)
            .ifPresent(
                older ->
                    lost.add(
                        "the older CachePolicy/%s says otherwise in spec.%s"
                            .formatted(older.getMetadata().getName(), field.path())));
      }
      if (!lost.isEmpty()) {
        findings.add(
            ObjectKey.of(younger),
            ConditionType.ACCEPTED,
            ConditionReason.CONFLICTED,
            "spec.targetRefs[%d]: %s. Its other fields are in effect"
                .formatted(targetRef.applyAsInt(younger), String.join("; ", lost)));
      }
    }
  }

  private static Optional<CachePolicy> winner(
      PolicyField<?> field, List<CachePolicy> older, CachePolicy younger) {
    return field
        .of(younger)
        .flatMap(
            value ->
                older.stream()
                    .filter(any -> field.of(any).isPresent())
                    .findFirst()
                    .filter(any -> !field.of(any).get().equals(value)));
  }
}
