package io.warmgate.server.telemetry;

import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values that the label {@code reason} may have: each token of a closed set has a place. */
final class ReasonIndex {
  /** For an empty reason, and for one that is in no set. */
  private static final String OTHER = "other";

  private static final List<String> TOKENS = new ArrayList<>(List.of(OTHER));
  private static final Map<String, Integer> INDEX = new HashMap<>();
  private static final int FIRST_PROBLEM;

  static {
    for (Reason reason : Reason.values()) {
      add(reason.token());
    }
    FIRST_PROBLEM = TOKENS.size();
    for (Problem problem : Problem.values()) {
      add(problem.token());
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

  static int size() {
    return TOKENS.size();
  }

  static String token(int index) {
    return TOKENS.get(index);
  }
}
