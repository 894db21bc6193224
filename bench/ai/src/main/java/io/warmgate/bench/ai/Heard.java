package io.warmgate.bench.ai;

import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;

/** What the streams of one server came to. Times in microseconds, up to a minute. */
final class Heard {
  private static final long LONGEST = 60_000_000;

  private final Histogram first = new Histogram(LONGEST, 3);
  private final Histogram gaps = new Histogram(LONGEST, 3);
  private int whole;
  private int broken;
  private String why = "";

  void first(long micros) {
    first.recordValue(Math.min(micros, LONGEST));
  }

  void gap(long micros) {
    gaps.recordValue(Math.min(micros, LONGEST));
  }

  void whole() {
    whole++;
  }

  /**
   * @param reason of the first one, kept
   */
  void broken(String reason) {
    if (broken++ == 0) {
      why = reason;
    }
  }

  JsonObject report() {
    return new JsonObject()
        .put("whole", whole)
        .put("tokens", first.getTotalCount() + gaps.getTotalCount())
        .put("broken", broken)
        .put("why", why)
        .put("first50", first.getValueAtPercentile(50))
        .put("first99", first.getValueAtPercentile(99))
        .put("firstMax", first.getMaxValue())
        .put("gap50", gaps.getValueAtPercentile(50))
        .put("gap99", gaps.getValueAtPercentile(99))
        .put("gapMax", gaps.getMaxValue());
  }
}
