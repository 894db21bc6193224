package io.warmgate.local.fault;

import static io.warmgate.crd.v1alpha1.RolloutPhase.AWAITING_PROMOTION;
import static io.warmgate.crd.v1alpha1.RolloutPhase.ROLLING_BACK;
import static io.warmgate.crd.v1alpha1.RolloutPhase.SHIFTING;
import static io.warmgate.crd.v1alpha1.RolloutPhase.STEADY;
import static io.warmgate.crd.v1alpha1.RolloutPhase.VERIFYING;

import io.warmgate.crd.v1alpha1.FailedRelease;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One rollout in some of whose states something is killed. */
final class KilledRollout {
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Executor THREADS = Thread::startVirtualThread;

  private final RolledRoute route;
  private final Trail trail;
  private final Killer killer;
  private final ReleaseOrigin green;
  private final Map<RolloutPhase, Kill> kills;
  private final Map<RolloutPhase, CompletableFuture<Optional<Done>>> under =
      new ConcurrentHashMap<>();
  private boolean aborted;

  /**
   * Something was killed.
   *
   * @param in the phase that the status had then
   */
  record Done(Kill kill, @Nullable RolloutPhase in) {}

  /**
   * @param kills those of the planned ones that came to it
   * @param failure why the release before serves; null: the new one does
   */
  record End(List<Done> kills, @Nullable FailedRelease failure, Duration took) {
    boolean killedIn(RolloutPhase phase) {
      return kills.stream().anyMatch(any -> any.kill().phase() == phase);
    }
  }

  /**
   * @param green the backend of the new release
   * @param kills one a phase
   */
  KilledRollout(
      RolledRoute route, Trail trail, Killer killer, ReleaseOrigin green, List<Kill> kills) {
    this.route = route;
    this.trail = trail;
    this.killer = killer;
    this.green = green;
    this.kills = kills.stream().collect(Collectors.toMap(Kill::phase, any -> any));
  }

  /**
   * From the new spec to the end.
   *
   * @param check runs again and again
   */
  End run(Runnable check) {
    RolloutStatus before = trail.latest();
    long began = System.nanoTime();
    Consumer<RolloutStatus> reader = this::reached;
    trail.reader(reader);
    try {
      route.release(green, settings());
      RolloutStatus now = before;
      while (now == null || !isEnd(before, now)) {
        check.run();
        LockSupport.parkNanos(LOOK.toNanos());
        now = route.status().orElse(null);
        if (now != null) {
          order(now);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (took.compareTo(LONGEST) > 0) {
          throw new AssertionError("after " + took + " it stands at " + now);
        }
      }
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      return new End(done(), now.failed(), took);
    } finally {
      trail.forget(reader);
    }
  }

  private static boolean isEnd(@Nullable RolloutStatus before, RolloutStatus now) {
    return now.phase() == STEADY
        && (before == null
            || !now.release().equals(before.release())
            || (now.failed() != null && !now.failed().equals(before.failed())));
  }

  /** Every state that has a kill lasts long enough for it, or is met as it passes. */
  private String settings() {
    return """
    {warmup: {maxOriginRps: 200, timeout: 20s, %s},\
     analysis: {window: 1s, maxP99IncreasePercent: 1000, %s},\
     steps: [{weight: 50, hold: 1s}], promotion: %s, keepPreviousFor: 2s}\
    """
        .formatted(
            kills.containsKey(VERIFYING) ? "topKeys: 15, minCoveragePercent: 1" : "topKeys: 300",
            kills.containsKey(VERIFYING)
                ? "onInconclusive: Pause, minHitPercent: 0"
                : "onInconclusive: Promote",
            kills.containsKey(AWAITING_PROMOTION) ? "Manual" : "Automatic");
  }

  private void reached(RolloutStatus status) {
    Kill kill = kills.get(status.phase());
    if (kill != null) {
      under.computeIfAbsent(
          kill.phase(), _ -> CompletableFuture.supplyAsync(() -> strike(kill), THREADS));
    }
  }

  private Optional<Done> strike(Kill kill) {
    LockSupport.parkNanos(kill.after().toNanos());
    RolloutStatus at = trail.latest();
    return killer.kill(kill.victim(), green)
        ? Optional.of(new Done(kill, at == null ? null : at.phase()))
        : Optional.empty();
  }

  /** What a person would say: go on where it waits, and back where going back is what is tried. */
  private void order(RolloutStatus now) {
    boolean waits = now.phase() == AWAITING_PROMOTION || now.pausedAt() != null;
    boolean shifts = now.phase() == SHIFTING && Objects.equals(now.percent(), 50);
    if (waits && struck(now.phase())) {
      route.orderWhile("promote", now);
    } else if (shifts && kills.containsKey(ROLLING_BACK) && !aborted && struck(SHIFTING)) {
      route.order("abort");
      aborted = true;
    }
  }

  /** Whether nothing is to be killed in this phase any more. */
  private boolean struck(RolloutPhase phase) {
    CompletableFuture<?> strike = under.get(phase);
    return !kills.containsKey(phase) || (strike != null && strike.isDone());
  }

  private List<Done> done() {
    List<Done> done = new ArrayList<>();
    under.values().forEach(strike -> strike.join().ifPresent(done::add));
    return done;
  }
}
