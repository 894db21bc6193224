package io.warmgate.local.fault;

import io.warmgate.crd.v1alpha1.FailedRelease;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was killed in which state, and what came of it, for people. */
final class KillTable {
  private final Map<RolloutPhase, Map<Kill.Victim, Integer>> kills =
      new EnumMap<>(RolloutPhase.class);
  private final Map<String, Integer> ends = new TreeMap<>();
  private final List<Duration> took = new ArrayList<>();
  private int all;
  private int late;

  /** A rollout ended. */
  void add(KilledRollout.End end) {
    for (KilledRollout.Done done : end.kills()) {
      kills
          .computeIfAbsent(done.kill().phase(), _ -> new EnumMap<>(Kill.Victim.class))
          .merge(done.kill().victim(), 1, Integer::sum);
      all++;
      late += done.in() == done.kill().phase() ? 0 : 1;
    }
    FailedRelease why = end.failure();
    String text = why == null ? "rolled out" : "back, " + why.reason();
    ends.merge(text, 1, Integer::sum);
    took.add(end.took());
    System.out.printf(
        "%6.1f s  %s: %s%s%n",
        end.took().toMillis() / 1e3,
        end.kills().stream().map(KillTable::text).toList(),
        text,
        why == null ? "" : " (" + why.message() + ")");
  }

  private static String text(KilledRollout.Done done) {
    Kill kill = done.kill();
    return "%s in %s%s after %d ms"
        .formatted(
            kill.victim(),
            kill.phase(),
            done.in() == kill.phase() ? "" : " (then " + done.in() + ")",
            kill.after().toMillis());
  }

  /** How many there were. */
  int kills() {
    return all;
  }

  @Override
  public String toString() {
    var text = new StringBuilder("%-20s".formatted("killed in"));
    for (Kill.Victim victim : Kill.Victim.values()) {
      text.append("%10s".formatted(victim));
    }
    for (RolloutPhase phase : Kill.PHASES) {
      text.append("%n%-20s".formatted(phase));
      for (Kill.Victim victim : Kill.Victim.values()) {
        text.append("%10d".formatted(kills.getOrDefault(phase, Map.of()).getOrDefault(victim, 0)));
      }
    }
    return text.append(
            "%n%d kills (%d when the state had just passed), %d rollouts, the longest took %.1f s: %s%n"
                .formatted(
                    all,
                    late,
                    took.size(),
                    took.stream().mapToLong(Duration::toMillis).max().orElse(0) / 1e3,
                    ends))
        .toString();
  }
}
