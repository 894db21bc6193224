package io.warmgate.local.kubelet.workload;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Names that want work; one that is added twice before it is taken is worked once. */
public final class DirtySet implements AutoCloseable {
  private final SequencedSet<String> names = new LinkedHashSet<>();
  private boolean closed;

  /** Wants work now. */
  public synchronized void add(String name) {
    names.add(name);
    notifyAll();
  }

  /** Wants work after a while. */
  public void addLater(String name, Duration delay) {
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> add(name));
  }

  /** The next name; the empty name once this is closed. */
  public synchronized String take() throws InterruptedException {
    while (names.isEmpty() && !closed) {
      wait();
    }
    return closed ? "" : names.removeFirst();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
