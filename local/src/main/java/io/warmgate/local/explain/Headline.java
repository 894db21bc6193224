package io.warmgate.local.explain;

import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.Explanation.Cached;
import io.warmgate.config.admin.Explanation.Decided;
import io.warmgate.config.admin.Explanation.History;
import io.warmgate.config.admin.Explanation.Layer;
import io.warmgate.config.admin.Explanation.OriginAnswer;
import io.warmgate.config.admin.Explanation.State;
import io.warmgate.config.admin.Explanation.Why;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the pods say, in sentences that one can act on: one for all, or one for each difference. */
final class Headline {
  private Headline() {}

  /**
   * @param closest a sentence about the nearest routes, for a request that none takes
   */
  static String of(List<PodAnswer> answers, String closest) {
    @Nullable OriginAnswer origin = origin(answers);
    Map<String, List<String>> said = new LinkedHashMap<>();
    for (PodAnswer answer : answers) {
      Explanation explanation = answer.explanation();
      if (explanation != null) {
        said.computeIfAbsent(sentence(explanation, origin, closest), _ -> new ArrayList<>())
            .add(answer.pod());
      }
    }
    if (said.isEmpty()) {
      return "No pod of the gateway answers.\n";
    }
    if (said.size() == 1) {
      return said.keySet().iterator().next() + "\n";
    }
    StringBuilder text = new StringBuilder();
    said.forEach(
        (sentence, pods) ->
            text.append(String.join(", ", pods)).append(": ").append(sentence).append('\n'));
    return text.toString();
  }

  /** The one pod's that asked it. */
  static @Nullable OriginAnswer origin(List<PodAnswer> answers) {
    for (PodAnswer answer : answers) {
      if (answer.explanation() != null && answer.explanation().origin() != null) {
        return answer.explanation().origin();
      }
    }
    return null;
  }

  private static String sentence(
      Explanation explanation, @Nullable OriginAnswer origin, String closest) {
    Decided decided = explanation.decided();
    Why why = decided.why();
    return switch (decided.action()) {
      case SERVE -> "Served from " + layer(explanation) + ": " + said(why) + "." + now(origin);
      case SERVE_AND_REVALIDATE ->
          "Served stale from " + layer(explanation) + ": " + said(why) + "." + now(origin);
      case VALIDATE ->
          "Asked for before it is served: "
              + said(why)
              + ". A 304 of the origin brings the entry"
              + " back."
              + now(origin);
      case FORWARD -> fetched(explanation, why, origin);
      case PASS -> passed(why, decided.notStored());
      case ANSWER ->
          why.token().equals("no-route") || why.token().equals("wrong-host")
              ? why.text() + closest
              : why.token().equals("only-if-cached")
                  ? "Answered with 504: " + said(why) + "."
                  : "Answered by the gateway itself (" + why.token() + "): " + why.text();
    };
  }

  private static String fetched(Explanation explanation, Why why, @Nullable OriginAnswer origin) {
    if (origin != null) {
      boolean refused = origin.why() != null && !origin.stored();
      return (refused ? "" : notThere(why)) + asked(origin);
    }
    Cached cached = explanation.cached();
    History history = cached == null ? null : cached.history();
    return history != null && history.notStored() != null
        ? "Not stored when last fetched: " + withCure(history.notStored())
        : notThere(why) + "The next request fetches it; --origin tells whether it would be stored.";
  }

  private static String notThere(Why why) {
    return "Not in the cache: " + said(why) + ". ";
  }

  private static String asked(OriginAnswer origin) {
    Why why = origin.why();
    if (why == null) {
      return "The origin was asked, and did not answer: " + origin.problem() + ".";
    }
    Long lifetime = origin.lifetimeMillis();
    return origin.stored()
        ? "The origin's answer would be stored: " + said(why) + fresh(lifetime) + "."
        : "Not stored: " + withCure(why);
  }

  /** What the origin would say now, beside an entry. */
  private static String now(@Nullable OriginAnswer origin) {
    if (origin == null || origin.stored()) {
      return "";
    }
    return " " + asked(origin).replaceFirst("^Not stored", "Its answer of now would not be stored");
  }

  private static String fresh(@Nullable Long lifetimeMillis) {
    return lifetimeMillis == null || lifetimeMillis == 0
        ? ""
        : ", fresh for " + Units.time(lifetimeMillis);
  }

  private static String passed(Why why, @Nullable Why notStored) {
    if (notStored == null || notStored.token().equals(why.token())) {
      return "Not cached: " + withCure(why);
    }
    return notThere(why) + "The answer is not stored: " + withCure(notStored);
  }

  private static String said(Why why) {
    return why.text() + " (" + why.source() + ")";
  }

  private static String withCure(Why why) {
    return said(why) + "." + (why.cure() == null ? "" : " " + why.cure());
  }

  private static String layer(Explanation explanation) {
    Cached cached = explanation.cached();
    Layer memory = cached == null ? null : cached.memory();
    boolean inMemory =
        memory != null
            && memory.state() == State.FOUND
            && memory.decided() != null
            && memory.decided().action() == explanation.decided().action();
    return inMemory ? "memory" : "Redis";
  }

  /** For how long an entry is fresh, or since when it is not. */
  static String freshness(Explanation.Entry entry) {
    return entry.freshMillis() > 0
        ? Units.time(entry.freshMillis())
        : "stale since " + Units.time(entry.freshMillis());
  }
}
