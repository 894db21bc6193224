package io.warmgate.server.lifecycle;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether every event loop still runs what it is given: each one ticks once a second. */
public final class LoopWatch {
  /** A loop that has not ticked for this long is stuck. */
  public static final Duration STUCK = Duration.ofSeconds(10);

  private final List<Loop> loops = new ArrayList<>();

  /**
   * @param group whose loops are watched; it is not stopped from here
   */
  public LoopWatch(EventExecutorGroup group) {
    for (EventExecutor executor : group) {
      Loop loop = new Loop();
      loops.add(loop);
      var _ = executor.scheduleAtFixedRate(loop::tick, 0, 1, TimeUnit.SECONDS);
    }
  }

  /** The longest time since one of the loops ticked. */
  public Duration oldestTick() {
    long now = System.nanoTime();
    long oldest = 0;
    for (Loop loop : loops) {
      oldest = Math.max(oldest, now - loop.ticked);
    }
    return Duration.ofNanos(oldest);
  }

  private static final class Loop {
    private volatile long ticked = System.nanoTime();

    void tick() {
      ticked = System.nanoTime();
    }
  }
}
