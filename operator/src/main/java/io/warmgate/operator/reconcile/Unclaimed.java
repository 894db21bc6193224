package io.warmgate.operator.reconcile;

import io.warmgate.operator.gather.Gatherer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the authors of objects that no gateway has: no gateway's reconcile comes past them. Looked
 * at a while after the last change, since a gateway often comes right after its routes.
 */
public final class Unclaimed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Unclaimed.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Gatherer gatherer;
  private final Reporter reporter;
  private final Set<String> pending = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("unclaimed").factory());
  private volatile boolean leading;

  public Unclaimed(Gatherer gatherer, Reporter reporter) {
    this.gatherer = gatherer;
    this.reporter = reporter;
  }

  /** This replica may write from now on. */
  public void lead() {
    leading = true;
    Set.copyOf(pending).forEach(namespace -> schedule(namespace, PAUSE));
  }

  /** Something in the namespace was changed. */
  public void changed(String namespace) {
    if (pending.add(namespace) && leading) {
      schedule(namespace, PAUSE);
    }
  }

  private void schedule(String namespace, Duration pause) {
    if (!executor.isShutdown()) {
      var _ = executor.schedule(() -> look(namespace), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look(String namespace) {
    pending.remove(namespace);
    try {
      Instant now = Instant.now();
      Optional<Instant> again = reporter.unclaimed(gatherer.unclaimed(namespace), now);
      again
          .filter(at -> pending.add(namespace))
          .map(at -> Duration.between(now, at))
          .ifPresent(pause -> schedule(namespace, pause.isPositive() ? pause : PAUSE));
    } catch (RuntimeException e) {
      LOG.warn("the unclaimed objects of {} are looked at again: {}", namespace, e.toString());
      if (pending.add(namespace)) {
        schedule(namespace, Duration.ofSeconds(10));
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
