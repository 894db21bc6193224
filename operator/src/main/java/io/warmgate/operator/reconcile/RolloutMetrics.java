package io.warmgate.operator.reconcile;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.rollout.Command;
import io.warmgate.operator.rollout.Outcome;
import io.warmgate.operator.translate.ObjectKey;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be seen of all rollouts together ({@code docs/metrics.md}). Which one it is about is
 * in its status and its Events: no label has the name of an object, so that there are as many
 * series with a thousand routes as with one.
 */
public final class RolloutMetrics {
  private static final Duration[] BOUNDS = {
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(10),
    Duration.ofMinutes(30),
    Duration.ofHours(1),
    Duration.ofHours(6),
    Duration.ofDays(1)
  };

  private final MeterRegistry metrics;
  private final Clock clock;
  private final Map<GatewayKey, Map<ObjectKey, RolloutStatus>> shown = new ConcurrentHashMap<>();
  private final Map<ObjectKey, RolloutStatus> last = new ConcurrentHashMap<>();
  private final Set<String> kinds = ConcurrentHashMap.newKeySet();

  /**
   * @param kinds whose rollouts are counted from the start, though there is none yet
   */
  public RolloutMetrics(MeterRegistry metrics, Clock clock, String... kinds) {
    this.metrics = metrics;
    this.clock = clock;
    Arrays.stream(kinds).forEach(this::register);
  }

  /** What became of an order that a person gave. */
  enum Obedience {
    OBEYED("obeyed"),
    IGNORED("ignored");

    private final String wire;

    Obedience(String wire) {
      this.wire = wire;
    }
  }

  private void register(String kind) {
    if (!kinds.add(kind)) {
      return;
    }
    for (RolloutPhase phase : RolloutPhase.values()) {
      Predicate<RolloutStatus> in = rollout -> rollout.phase() == phase;
      gauge("warmgate.rollout.phase", "Rollouts in a phase", kind, phase, any -> count(kind, in));
      if (phase != RolloutPhase.STEADY) {
        gauge(
            "warmgate.rollout.phase.seconds",
            "For how long the rollout has been in the phase that is in it the longest",
            kind,
            phase,
            any -> oldest(kind, in));
      }
    }
    gauge(
        "warmgate.rollout.paused",
        "Rollouts that a person, or an analysis without a result, has stopped",
        kind,
        null,
        any -> count(kind, rollout -> rollout.pausedAt() != null));
    gauge(
        "warmgate.rollout.failed",
        "Objects whose newest release was tried and left",
        kind,
        null,
        any -> count(kind, rollout -> rollout.failed() != null));
  }

  private void gauge(
      String name,
      String description,
      String kind,
      @Nullable RolloutPhase phase,
      ToDoubleFunction<RolloutMetrics> value) {
    Gauge.Builder<RolloutMetrics> gauge =
        Gauge.builder(name, this, value).description(description).tag("kind", kind);
    Gauge _ = (phase == null ? gauge : gauge.tag("phase", word(phase))).register(metrics);
  }

  /** As a status has it. */
  private static String word(RolloutPhase phase) {
    return Stream.of(phase.name().split("_"))
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  private Stream<RolloutStatus> of(String kind) {
    return shown.values().stream()
        .flatMap(rollouts -> rollouts.entrySet().stream())
        .filter(entry -> entry.getKey().kind().equals(kind))
        .map(Map.Entry::getValue);
  }

  private double count(String kind, Predicate<RolloutStatus> which) {
    return of(kind).filter(which).count();
  }

  private double oldest(String kind, Predicate<RolloutStatus> which) {
    return of(kind).filter(which).mapToDouble(this::age).max().orElse(0);
  }

  private double age(RolloutStatus rollout) {
    try {
      String since = rollout.since();
      return since == null
          ? 0
          : Math.max(0, Duration.between(Instant.parse(since), clock.instant()).toMillis() / 1e3);
    } catch (DateTimeException e) {
      return 0;
    }
  }

  /** These are all rollouts of a gateway now. */
  void are(GatewayKey gateway, Map<ObjectKey, RolloutStatus> rollouts) {
    Map<ObjectKey, RolloutStatus> before = shown.put(gateway, Map.copyOf(rollouts));
    if (before != null) {
      Set<ObjectKey> gone = new HashSet<>(before.keySet());
      gone.removeAll(rollouts.keySet());
      last.keySet().removeAll(gone);
    }
    last.putAll(rollouts);
    rollouts.keySet().stream().map(ObjectKey::kind).distinct().forEach(this::register);
  }

  /**
   * A rollout took a step.
   *
   * @param written what the object's status said before; it counts where no step of it was seen
   */
  void step(ObjectKey object, @Nullable RolloutStatus written, RolloutStatus now, Instant at) {
    RolloutStatus known = last.put(object, now);
    Outcome.between(known == null ? written : known, now, at)
        .ifPresent(
            outcome ->
                Timer.builder("warmgate.rollout.duration")
                    .description("From a rollout's beginning to its end")
                    .tag("kind", object.kind())
                    .tag("outcome", outcome.word())
                    .serviceLevelObjectives(BOUNDS)
                    .register(metrics)
                    .record(outcome.took()));
  }

  /** A person gave an order. */
  void order(String kind, String text, Obedience obedience) {
    metrics
        .counter(
            "warmgate.rollout.orders",
            "kind",
            kind,
            "order",
            Command.of(text).map(Command::wire).orElse("other"),
            "result",
            obedience.wire)
        .increment();
  }

  /** The gateway is gone. */
  public void forget(GatewayKey gateway) {
    Map<ObjectKey, RolloutStatus> gone = shown.remove(gateway);
    if (gone != null) {
      last.keySet().removeAll(gone.keySet());
    }
  }
}
