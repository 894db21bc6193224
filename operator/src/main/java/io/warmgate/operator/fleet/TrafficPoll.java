package io.warmgate.operator.fleet;

import io.warmgate.config.admin.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the pods every so often what they have counted, side by side, on virtual threads. A pod that
 * does not answer, or is too old to know, is left out of the round.
 */
final class TrafficPoll implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrafficPoll.class);

  private final Supplier<Map<String, Pod>> pods;
  private final TrafficWindow window;
  private Duration period = Duration.ZERO;
  private @Nullable Thread rounds;

  /** Asks one pod. */
  interface Pod {
    Reply<Traffic> traffic();
  }

  /**
   * @param pods by uid
   */
  TrafficPoll(Supplier<Map<String, Pod>> pods, TrafficWindow window) {
    this.pods = pods;
    this.window = window;
  }

  /**
   * From now on.
   *
   * @param wanted zero: not at all
   * @param heard runs after each round; it must not wait
   */
  synchronized void every(Duration wanted, Runnable heard) {
    if (wanted.equals(period)) {
      return;
    }
    close();
    period = wanted;
    if (wanted.isPositive()) {
      rounds = Thread.ofVirtual().name("traffic").start(() -> run(wanted, heard));
    }
  }

  private void run(Duration every, Runnable heard) {
    try {
      while (!Thread.interrupted()) {
        long began = System.nanoTime();
        try {
          round();
          heard.run();
        } catch (RuntimeException e) {
          LOG.error("a round of asking pods for their traffic failed", e);
        }
        Thread.sleep(every.minusNanos(System.nanoTime() - began));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() throws InterruptedException {
    Map<String, Pod> asked = pods.get();
    List<Traffic> answers = new ArrayList<>();
    try (ExecutorService side = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Reply<Traffic>>> calls = new ArrayList<>();
      asked.values().forEach(pod -> calls.add(pod::traffic));
      for (Future<Reply<Traffic>> reply : side.invokeAll(calls)) {
        if (reply.get() instanceof Reply.Done<Traffic>(Traffic said)
            && asked.containsKey(said.podUid())) {
          answers.add(said);
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    window.heard(answers, asked.keySet(), System.nanoTime());
  }

  @Override
  public synchronized void close() {
    period = Duration.ZERO;
    if (rounds != null) {
      rounds.interrupt();
      rounds = null;
    }
  }
}
