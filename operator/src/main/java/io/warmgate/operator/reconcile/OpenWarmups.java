package io.warmgate.operator.reconcile;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Shift;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.crd.v1alpha1.ScheduledWarmups;
import io.warmgate.operator.rollout.Warmth;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.source.WarmSources;
import io.warmgate.operator.status.Schedules;
import io.warmgate.operator.status.WarmupScope;
import io.warmgate.operator.translate.ObjectKey;
import io.warmgate.operator.translate.RouteMemo;
import io.warmgate.operator.translate.Translation;
import io.warmgate.operator.warm.Warmers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
      warmers.serving(serving(config), translation.sources()::takes);
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

  /**
   * What the policies' schedules come to.
   *
   * @param warmups as they are to be said, by policy
   * @param again when to look again though nothing happens
   */
  record Scheduled(Map<ObjectKey, ScheduledWarmups> warmups, Optional<Instant> again) {}

  /** Has warmed what is due. */
  Scheduled schedules(Translation translation, Instant now) {
    Map<ObjectKey, ScheduledWarmups> warmups = new HashMap<>();
    List<Instant> looks = new ArrayList<>();
    for (WarmSources.Scheduled scheduled : translation.sources().scheduled()) {
      Schedules.Step step =
          Schedules.next(scheduled.policy(), scheduled.schedule(), warmers::errand, now);
      warmups.put(ObjectKey.of(scheduled.policy()), step.warmups());
      step.again().ifPresent(looks::add);
      String run = step.run();
      if (run != null) {
        named.add(run);
        if (warmers.errand(run).isEmpty()) {
          Warmth _ = warmers.errand(run, WarmupScope.ofRoutes(scheduled.routes(), translation));
        }
      }
    }
    return new Scheduled(warmups, looks.stream().min(Instant::compareTo));
  }

  void end() {
    begun.keySet().retainAll(named);
    warmers.keepErrands(named);
  }
}
