package io.warmgate.operator.check;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import io.warmgate.operator.rollout.RolloutSettings.Check;
import io.warmgate.operator.rollout.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks users' checks, each with {@value #TRIES} tries, and never keeps who asks waiting. */
public final class Checks implements AutoCloseable {
  static final int TRIES = 3;
  private static final int FIRST_PAUSE_MILLIS = 200;

  /** For the pauses between tries, and for names that are slow to resolve. */
  private static final Duration RESERVE = Duration.ofSeconds(5);

  /** So many are asked at once: one that hangs takes its timeout, not the others' turn. */
  private static final int AT_ONCE = 64;

  private final Asker asker;
  private final ExecutorService executor =
      Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("check-", 0).factory());

  public Checks(HostNames names, AddressRule rule) {
    this(new HttpAsker(names, rule));
  }

  Checks(Asker asker) {
    this.asker = asker;
  }

  /** Begins to ask; it ends some seconds after {@link #TRIES} timeouts at the latest. */
  public Future<Verdict> ask(Check check) {
    Duration atMost = check.timeout().multipliedBy(TRIES).plus(RESERVE);
    return CompletableFuture.supplyAsync(() -> verdict(check), executor)
        .exceptionally(
            e -> new Verdict.Inconclusive("its check could not be asked: " + e.getMessage()))
        .completeOnTimeout(
            new Verdict.Inconclusive("its check did not answer in time"),
            atMost.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private Verdict verdict(Check check) {
    RetryExecution tries =
        new GenericRetry()
            .setInitialInterval(FIRST_PAUSE_MILLIS)
            .setIntervalMultiplier(2)
            .setMaxAttempts(TRIES - 1)
            .initExecution();
    while (true) {
      Answer answer = asker.ask(check);
      Optional<Long> pause =
          CheckRule.worthAnotherTry(check, answer) ? tries.nextDelay() : Optional.empty();
      if (pause.isEmpty()) {
        return CheckRule.verdict(check, answer);
      }
      try {
        Thread.sleep(pause.get());
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        return CheckRule.verdict(check, answer);
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
