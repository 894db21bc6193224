package io.warmgate.operator.fleet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Passes on that pods have news: at once where no pod is awaited, else when the last one has
 * answered, but not later than {@link #PATIENCE}. So a change that every pod takes is told once.
 */
final class News {
  /** Longer than a pod needs to parse and check a large revision; a status may wait a second. */
  static final Duration PATIENCE = Duration.ofMillis(100);

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);

  private final Runnable changed;
  private final Executor later;
  private boolean held;

  /** How often news was passed on; a timer of news told since says nothing. */
  private long told;

  News(Runnable changed) {
    this(changed, LATER);
  }

  /**
   * @param later runs what it is given after {@link #PATIENCE}
   */
  News(Runnable changed, Executor later) {
    this.changed = changed;
    this.later = later;
  }

  /** A pod has news and others are awaited. */
  synchronized void hold() {
    if (!held) {
      held = true;
      long before = told;
      later.execute(() -> passHeld(before));
    }
  }

  /** A pod has news and none is awaited. */
  synchronized void pass() {
    held = false;
    told++;
    changed.run();
  }

  private synchronized void passHeld(long before) {
    if (held && told == before) {
      pass();
    }
  }
}
