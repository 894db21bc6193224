package io.warmgate.operator.rollout;

import io.warmgate.operator.rollout.Observation.Wanted;
import io.warmgate.operator.rollout.RolloutSettings.Analysis;
import io.warmgate.operator.rollout.RolloutSettings.OnInconclusive;
import io.warmgate.operator.rollout.RolloutSettings.OnTimeout;
import io.warmgate.operator.rollout.RolloutSettings.Promotion;
import io.warmgate.operator.rollout.RolloutSettings.Stage;
import io.warmgate.operator.rollout.RolloutSettings.Strategy;
import io.warmgate.operator.rollout.RolloutSettings.Warmup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rollout and all that it sees, by default at its best; what a test does not like it changes. */
final class World {
  static final Instant BEGIN = Instant.parse("2026-11-26T10:00:00Z");

  Instant now = BEGIN;
  RolloutState state = Steady.at("blue");
  String wanted = "blue";
  @Nullable String unusable;
  boolean acknowledged = true;
  Warmth warmth = warm(100, 0);
  Verdict verdict = new Verdict.Good();
  @Nullable String queued;
  @Nullable Command command;
  Promotion promotion = Promotion.AUTOMATIC;
  OnTimeout onTimeout = OnTimeout.ABORT;
  OnInconclusive onInconclusive = OnInconclusive.PROMOTE;
  Strategy strategy = Strategy.WARMED;
  List<Stage> steps = new ArrayList<>();
  Duration keep = Duration.ofMinutes(10);
  final List<String> told = new ArrayList<>();

  static Warmth warm(int coverage, int changed) {
    return new Warmth(
        Warmth.Progress.DONE,
        100,
        100 - changed,
        100 - changed,
        0,
        changed,
        0,
        90,
        coverage,
        null,
        null);
  }

  RolloutSettings settings() {
    return new RolloutSettings(
        strategy,
        new Warmup(95, 1_000, 50, 8, Duration.ofMinutes(10), onTimeout, 20),
        new Analysis(Duration.ofSeconds(10), 1, 20, 80, onInconclusive, null),
        steps,
        promotion,
        keep,
        List.of());
  }

  Observation observation() {
    String blue =
        switch (state) {
          case Steady steady -> steady.release();
          case Underway underway -> underway.course().blue();
        };
    String green =
        switch (state) {
          case Steady steady -> steady.previous() == null ? null : steady.previous().release();
          case Underway underway -> underway.course().green();
        };
    return new Observation(
        now,
        new Wanted(wanted, wanted.equals(blue), wanted.equals(green), unusable),
        acknowledged,
        acknowledged ? null : "pod edge-1",
        warmth,
        verdict,
        queued,
        command,
        settings());
  }

  /** One look. A command is obeyed once. */
  RolloutState look() {
    Step step = state.next(observation());
    step.notes().forEach(note -> told.add(note.reason() + ": " + note.message()));
    state = step.state();
    command = null;
    return state;
  }

  World after(Duration time) {
    now = now.plus(time);
    return this;
  }

  World order(Command order) {
    command = order;
    look();
    return this;
  }

  /** Looks every second until nothing follows for so long, or the time is over. */
  RolloutState settle() {
    int quiet = 0;
    for (int i = 0; i < 3_000 && quiet < 900; i++) {
      RolloutState before = state;
      look();
      quiet = state.equals(before) ? quiet + 1 : 0;
      now = now.plusSeconds(1);
    }
    return state;
  }

  /** Looks until it is in such a state. */
  World reach(Class<? extends RolloutState> kind) {
    for (int i = 0; i < 3_000 && !kind.isInstance(state); i++) {
      look();
      if (!kind.isInstance(state)) {
        now = now.plusSeconds(1);
      }
    }
    if (!kind.isInstance(state)) {
      throw new AssertionError("it is " + state + ", and never was " + kind.getSimpleName());
    }
    return this;
  }
}
