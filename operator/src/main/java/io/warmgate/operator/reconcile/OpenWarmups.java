package io.warmgate.operator.reconcile;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Shift;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.operator.rollout.Warmth;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.status.WarmupScope;
import io.warmgate.operator.translate.RouteMemo;
import io.warmgate.operator.translate.Translation;
import io.warmgate.operator.warm.Warmers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The warm-ups of a gateway that are asked for once. What a warm-up is about is settled when it
 * begins; it goes on as long as each reconcile names it.
 */
final class OpenWarmups {
  private final Warmers warmers;
  private final RouteMemo memo;
  private final Map<String, WarmupScope> begun = new HashMap<>();
  private final Set<String> named = new HashSet<>();

  OpenWarmups(Warmers warmers, RouteMemo memo) {
    this.warmers = warmers;
    this.memo = memo;
  }

  /** A reconcile begins: what it does not name is over when it ends. */
  void begin(Translation translation) {
    named.clear();
    GatewayConfig config = translation.config();
    if (config != null) {
      warmers.serving(serving(config));
    }
  }

  /** Of routes with two releases, the one that serves. */
  private static Map<String, String> serving(GatewayConfig config) {
    Map<String, String> serving = new HashMap<>();
    config
        .routes()
        .forEach(
            route -> {
              Shift shift = route.shift();
              if (shift != null) {
                serving.put(route.id(), shift.percent() == 100 ? shift.to() : shift.from());
              }
            });
    return serving;
  }

  WarmupScope scope(CacheWarmup object, Snapshot snapshot, Translation translation) {
    WarmupScope known = begun.get(object.getMetadata().getUid());
    return known != null ? known : WarmupScope.of(object, snapshot, translation, memo.lists());
  }

  Optional<Warmth> progress(CacheWarmup object) {
    return warmers.errand(object.getMetadata().getUid());
  }

  void warm(CacheWarmup object, WarmupScope scope) {
    String id = object.getMetadata().getUid();
    named.add(id);
    begun.put(id, scope);
    Warmth _ = warmers.errand(id, scope.targets());
  }

  void end() {
    begun.keySet().retainAll(named);
    warmers.keepErrands(named);
  }
}
