package io.warmgate.server.exchange;

/** When an exchange's parts happened, in {@link System#nanoTime()}; 0 where they did not. */
public final class Timings {
  private final long startedAtMillis = System.currentTimeMillis();
  private final long started = System.nanoTime();
  private long upstreamStarted;
  private long upstreamHead;
  private long ended;

  /** Milliseconds since the epoch when the request's head had arrived. */
  public long startedAtMillis() {
    return startedAtMillis;
  }

  public long started() {
    return started;
  }

  /** When the first try was sent to a backend. */
  public long upstreamStarted() {
    return upstreamStarted;
  }

  /** When the answer's head came from the backend. */
  public long upstreamHead() {
    return upstreamHead;
  }

  /** When the answer was written or broke off. */
  public long ended() {
    return ended;
  }

  public void markUpstreamStarted() {
    if (upstreamStarted == 0) {
      upstreamStarted = System.nanoTime();
    }
  }

  public void markUpstreamHead() {
    upstreamHead = System.nanoTime();
  }

  void markEnded() {
    ended = System.nanoTime();
  }
}
