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
  private boolean held;

  News(Runnable changed) {
    this.changed = changed;
  }

  /** A pod has news and others are awaited. */
  synchronized void hold() {
    if (!held) {
      held = true;
      LATER.execute(this::passHeld);
    }
  }

  /** A pod has news and none is awaited. */
  synchronized void pass() {
    held = false;
    changed.run();
  }

  private synchronized void passHeld() {
    if (held) {
      pass();
    }
  }
}
