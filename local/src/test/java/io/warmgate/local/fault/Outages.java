package io.warmgate.local.fault;

import java.util.ArrayList;
import java.util.List;

/** When a backend was away: what was asked meanwhile may have failed. */
final class Outages implements Releases.Excuse {
  private final List<Outage> outages = new ArrayList<>();

  private long since = Long.MIN_VALUE;
  private int excused;

  private record Outage(long from, long to) {}

  synchronized void begins() {
    since = System.nanoTime();
  }

  synchronized void isOver() {
    outages.add(new Outage(since, System.nanoTime()));
    since = Long.MIN_VALUE;
  }

  /** Where any of the time between request and answer falls into one. */
  @Override
  public synchronized boolean excuses(Answer answer, long sentNanos) {
    boolean meanwhile =
        answer.status() >= 500
            && (since != Long.MIN_VALUE
                || outages.stream().anyMatch(any -> sentNanos - any.to < 0));
    excused += meanwhile ? 1 : 0;
    return meanwhile;
  }

  /** How many requests have failed in one. */
  synchronized int excused() {
    return excused;
  }
}
