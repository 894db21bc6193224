package io.warmgate.server.version;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which versions a model's answers have named {@link Lately}. Not safe for threads. */
final class Hearing {
  /** Where more take turns it is begun anew: one would soon be missed, and is gone by chance. */
  private static final int MOST = 4;

  private static final Comparator<Map.Entry<String, Heard>> MOST_FREQUENT =
      Comparator.comparingDouble((Map.Entry<String, Heard> any) -> -any.getValue().times)
          .thenComparing(Map.Entry::getKey);

  private final Lately lately;
  private final Map<String, Heard> versions = new HashMap<>();
  private long answers;
  private long beganMillis;
  private long lastMillis;

  /**
   * @param times how often, of which what was long ago counts less
   * @param answer the last that named it, counted from 1
   * @param millis when that was
   */
  private record Heard(double times, long answer, long millis) {
    Heard fading() {
      return new Heard(times / 2, answer, millis);
    }
  }

  Hearing(Lately lately) {
    this.lately = lately;
  }

  void heard(String version, long nowMillis) {
    if (answers == 0 || isSilent(nowMillis)) {
      begin(nowMillis);
    }
    lastMillis = nowMillis;
    answers++;
    if (answers % lately.answers() == 0) {
      versions.replaceAll((_, any) -> any.fading());
    }
    Heard before = versions.get(version);
    versions.put(version, new Heard(before == null ? 1 : before.times + 1, answers, nowMillis));
    versions.values().removeIf(any -> !isHeard(any, nowMillis));
    if (versions.size() > MOST) {
      begin(nowMillis);
    }
  }

  private void begin(long nowMillis) {
    versions.clear();
    answers = 0;
    beganMillis = nowMillis;
  }

  /** The most frequent first; empty: too little was heard. */
  List<String> said(long nowMillis) {
    if (answers < lately.answers()
        || nowMillis - beganMillis < lately.millis()
        || isSilent(nowMillis)) {
      return List.of();
    }
    return versions.entrySet().stream()
        .filter(any -> isHeard(any.getValue(), nowMillis))
        .sorted(MOST_FREQUENT)
        .map(Map.Entry::getKey)
        .toList();
  }

  boolean isSilent(long nowMillis) {
    return nowMillis - lastMillis >= lately.silenceMillis();
  }

  private boolean isHeard(Heard heard, long nowMillis) {
    return answers - heard.answer < lately.answers() || nowMillis - heard.millis < lately.millis();
  }
}
