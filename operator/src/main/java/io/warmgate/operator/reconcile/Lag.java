package io.warmgate.operator.reconcile;

import io.warmgate.operator.snapshot.PodSeen;
import java.util.List;
import java.util.stream.Collectors;

/** Which pods have not taken a revision yet. */
final class Lag {
  private static final int MAX_NAMED = 3;

  private Lag() {}

  /** Number of the oldest revision that one of them serves; 0: there is none, or one has none. */
  static long lowest(List<PodSeen> answering) {
    return answering.stream().mapToLong(PodSeen::serves).min().orElse(0);
  }

  /** Those that do not serve it, for people. */
  static String text(List<PodSeen> answering, long revision) {
    if (answering.isEmpty()) {
      return "no pod answers";
    }
    List<String> names =
        answering.stream()
            .filter(pod -> pod.serves() < revision)
            .map(PodSeen::name)
            .sorted()
            .toList();
    String some = names.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
    return names.size() <= MAX_NAMED ? some : some + " and " + (names.size() - MAX_NAMED) + " more";
  }
}
