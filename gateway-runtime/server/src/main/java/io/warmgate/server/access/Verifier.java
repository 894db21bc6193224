package io.warmgate.server.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.warmgate.server.access.Outcome.Refused;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Verifies tokens on few threads of its own with a bounded queue before them: however many bad ones
 * come, event loops are not held up, and what does not fit in is not verified (503). A token that
 * many requests bring at once is verified once.
 */
final class Verifier implements AutoCloseable {
  private static final int QUEUE = 1_024;

  /** Cores to a thread that verifies. */
  private static final int CORES = 4;

  private final InstantSource clock;
  private final ThreadPoolExecutor threads;

  Verifier(InstantSource clock) {
    this(clock, QUEUE);
  }

  Verifier(InstantSource clock, int queue) {
    this.clock = clock;
    int count = Math.max(1, Runtime.getRuntime().availableProcessors() / CORES);
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().daemon().name("verify-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Never fails; completes on any thread. */
  Future<Outcome> verify(String token, Digest digest, TokenCheck check, Outcomes outcomes) {
    return outcomes.once(
        digest,
        () -> {
          Promise<Outcome> found = Promise.promise();
          submit(new Job(token, digest, check, found), false);
          return found.future();
        });
  }

  private record Job(String token, Digest digest, TokenCheck check, Promise<Outcome> found) {
    @Override
    public String toString() {
      return "Job[not shown]";
    }
  }

  private void submit(Job job, boolean asked) {
    try {
      threads.execute(() -> run(job, asked));
    } catch (RejectedExecutionException _) {
      job.found.complete(Refused.now(Refusal.BUSY));
    }
  }

  private void run(Job job, boolean asked) {
    try {
      long now = clock.millis();
      switch (job.check.check(job.token, job.digest, now, asked)) {
        case TokenCheck.Result.Done(Outcome outcome) -> job.found.complete(outcome);
        case TokenCheck.Result.Ask(IssuerKeys keys) ->
            keys.ask(now)
                .onComplete(
                    _ -> submit(job, true), _ -> job.found.complete(Refused.now(Refusal.BUSY)));
      }
    } catch (RuntimeException _) {
      // A library that fails on a token has not verified it.
      job.found.tryComplete(Refused.now(Refusal.NO_TOKEN));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
