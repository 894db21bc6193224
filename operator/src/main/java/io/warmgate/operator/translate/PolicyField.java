package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.ApiDuration;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicySpec;
import java.util.List;
import java.util.Locale;
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

  /** A field that is a list: an empty one says nothing, so that a wider policy's counts. */
  static <E> PolicyField<List<E>> list(String path, Function<CachePolicySpec, List<E>> reader) {
    return new PolicyField<>(
        path,
        spec -> {
          List<E> list = reader.apply(spec);
          return list.isEmpty() ? null : list;
        });
  }

  /** Milliseconds; null where no policy has the field. */
  static @Nullable Long millis(PolicyField<ApiDuration> field, List<CachePolicy> policies) {
    return field.first(policies).map(duration -> duration.toDuration().toMillis()).orElse(null);
  }

  /** Names in the one order that the runtime's configuration has them in. */
  static List<String> sorted(List<String> names) {
    return names.stream().distinct().sorted().toList();
  }

  /** As {@link #sorted}, of header names: in lower case. */
  static List<String> canonical(List<String> headers) {
    return sorted(headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  }
}
