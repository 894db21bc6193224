package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicySpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field that policies are merged by: it is taken whole from the first policy that has it.
 *
 * @param path as users write it
 */
record PolicyField<T>(String path, Function<CachePolicySpec, @Nullable T> reader) {

  Optional<T> of(CachePolicy policy) {
    return Optional.ofNullable(reader.apply(policy.getSpec()));
  }

  /** What the first policy that has the field says. */
  Optional<T> first(List<CachePolicy> policies) {
    return policies.stream().map(this::of).flatMap(Optional::stream).findFirst();
  }

  /** The list; null where it is empty: then a wider policy's counts. */
  static @Nullable List<String> some(List<String> list) {
    return list.isEmpty() ? null : list;
  }
}
