package io.warmgate.server.telemetry;

import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values that the label {@code reason} may have: each token of a closed set has a place. */
final class ReasonIndex {
  /** For an empty reason, and for one that is in no set. */
  private static final String OTHER = "other";

  private static final List<String> TOKENS = new ArrayList<>(List.of(OTHER));
  private static final Map<String, Integer> INDEX = new HashMap<>();
  private static final List<Optional<Reason>> REASONS = new ArrayList<>(List.of(Optional.empty()));
  private static final int FIRST_PROBLEM;

  static {
    for (Reason reason : Reason.values()) {
      add(reason.token());
      REASONS.add(Optional.of(reason));
    }
    FIRST_PROBLEM = TOKENS.size();
    for (Problem problem : Problem.values()) {
      add(problem.token());
      REASONS.add(Optional.empty());
    }
  }

  private ReasonIndex() {}

  private static void add(String token) {
    INDEX.put(token, TOKENS.size());
    TOKENS.add(token);
  }

  static int of(String token) {
    return INDEX.getOrDefault(token, 0);
  }

  static boolean isProblem(int index) {
    return index >= FIRST_PROBLEM;
  }

  /** The cache's reason at a place; null where that is another's. */
  static @Nullable Reason reason(int index) {
    return REASONS.get(index).orElse(null);
  }

  static int size() {
    return TOKENS.size();
  }

  static String token(int index) {
    return TOKENS.get(index);
  }
}
