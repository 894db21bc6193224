package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Asks a probe at its period on a thread of its own, until it is stopped. */
final class ProbeLoop implements AutoCloseable {
  /** A readiness probe is asked more often until it first passes: waiting helps nobody. */
  private static final Duration EAGER = Duration.ofMillis(150);

  /** What a probe is for; it says how it starts and how it is asked. */
  enum Kind {
    STARTUP,
    LIVENESS,
    READINESS
  }

  private final Kind kind;
  private final Probe probe;
  private final ProbeRequest request;
  private final BiConsumer<Boolean, String> verdict;
  private final Thread thread;

  /**
   * Starts asking.
   *
   * @param verdict told each time the verdict turns, with the last failure's text
   */
  ProbeLoop(Kind kind, Probe probe, ProbeRequest request, BiConsumer<Boolean, String> verdict) {
    this.kind = kind;
    this.probe = probe;
    this.request = request;
    this.verdict = verdict;
    this.thread = Thread.ofVirtual().name("probe").start(this::run);
  }

  private void run() {
    try {
      Thread.sleep(Duration.ofSeconds(or(probe.getInitialDelaySeconds(), 0)));
      Duration period = Duration.ofSeconds(Math.max(1, or(probe.getPeriodSeconds(), 10)));
      int failures = or(probe.getFailureThreshold(), 3);
      int successes = or(probe.getSuccessThreshold(), 1);
      var counter = ProbeCounter.initially(kind == Kind.LIVENESS);
      boolean everPassed = kind != Kind.READINESS;
      boolean told = kind == Kind.LIVENESS;
      int failed = 0;
      while (true) {
        Optional<String> failure = request.failure();
        failed = failure.isPresent() ? failed + 1 : 0;
        counter = counter.after(failure.isEmpty(), successes, failures);
        everPassed |= failure.isEmpty();
        if (counter.passing() != told) {
          told = counter.passing();
          verdict.accept(told, failure.orElse(""));
        } else if (kind == Kind.STARTUP && failed >= failures) {
          verdict.accept(false, failure.orElse(""));
        }
        Thread.sleep(everPassed || period.compareTo(EAGER) < 0 ? period : EAGER);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
