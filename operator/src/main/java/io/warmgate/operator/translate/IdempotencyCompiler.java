package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.Quantity;
import io.warmgate.config.IdempotencyRule;
import io.warmgate.crd.v1alpha1.IdempotentMethod;
import io.warmgate.crd.v1alpha1.RouteIdempotency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How users want idempotency keys to be taken, into what pods do. */
final class IdempotencyCompiler {
  private static final Durations.Bounds KEEP_FOR = Durations.Bounds.of("1s", "31d");

  private IdempotencyCompiler() {}

  /**
   * @param spec null: the rule takes none
   * @throws Unusable naming the first field that is invalid
   */
  static @Nullable IdempotencyRule compile(String path, @Nullable RouteIdempotency spec) {
    if (spec == null) {
      return null;
    }
    return new IdempotencyRule(
        spec.keyHeader().toLowerCase(Locale.ROOT),
        switch (spec.mode()) {
          case OPTIONAL -> IdempotencyRule.Mode.OPTIONAL;
          case REQUIRED -> IdempotencyRule.Mode.REQUIRED;
        },
        Durations.millis(path + ".keepFor", spec.keepFor(), KEEP_FOR),
        spec.methods().stream().map(IdempotencyCompiler::method).toList(),
        new Quantity(spec.maxBodySize()).getNumericalAmount().longValue(),
        switch (spec.onUnavailable()) {
          case DENY -> IdempotencyRule.OnUnavailable.DENY;
          case ALLOW -> IdempotencyRule.OnUnavailable.ALLOW;
        });
  }

  private static IdempotencyRule.Method method(IdempotentMethod method) {
    return switch (method) {
      case POST -> IdempotencyRule.Method.POST;
      case PATCH -> IdempotencyRule.Method.PATCH;
      case PUT -> IdempotencyRule.Method.PUT;
      case DELETE -> IdempotencyRule.Method.DELETE;
    };
  }
}
