package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static io.warmgate.local.fault.FaultCluster.PORT;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A pod no longer lets somebody in.
 *
 * @param after how long that took, in nanoseconds
 * @param at when it was, by the clock
 * @param status of its first answer that was none
 */
record Refused(long after, Instant at, int status) {
  /** How often it is asked again: who was refused is not let in once more. */
  private static final int AGAIN = 20;

  private static final long PAUSE_NANOS = 500_000;

  /** Takes something away. */
  interface Taking {
    void take();
  }

  /**
   * Asks every pod with this key until it is refused.
   *
   * @param taking starts when every pod has let it in
   */
  static List<Refused> when(List<RunningPod> pods, String path, String key, Taking taking) {
    var in = new CountDownLatch(pods.size());
    var began = new CompletableFuture<Long>();
    List<CompletableFuture<Refused>> asked =
        pods.stream()
            .map(
                pod ->
                    CompletableFuture.supplyAsync(
                        () -> untilRefused(pod.at(PORT), path, key, in, began),
                        task -> Thread.ofPlatform().name("refused-" + pod.name()).start(task)))
            .toList();
    try {
      if (!in.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("not every pod lets " + path + "'s key in");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    began.complete(System.nanoTime());
    taking.take();
    return asked.stream().map(CompletableFuture::join).toList();
  }

  private static Refused untilRefused(
      InetSocketAddress pod,
      String path,
      String key,
      CountDownLatch in,
      CompletableFuture<Long> began) {
    Map<String, String> fields = Map.of("X-API-Key", key);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (HttpConnection connection = HttpConnection.open(pod, PATIENCE)) {
      while (System.nanoTime() < deadline) {
        Answer answer = connection.get(path, fields);
        if (answer.status() == 200) {
          in.countDown();
        } else if (answer.status() == 401 || answer.status() == 403) {
          Refused refused =
              new Refused(System.nanoTime() - began.join(), Instant.now(), answer.status());
          stays(connection, path, fields);
          return refused;
        } else {
          throw new AssertionError(path + " at " + pod + ": " + answer);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      throw new AssertionError(pod + " still lets it in");
    } catch (IOException lost) {
      throw new AssertionError(lost);
    }
  }

  private static void stays(HttpConnection connection, String path, Map<String, String> fields)
      throws IOException {
    for (int i = 0; i < AGAIN; i++) {
      Answer answer = connection.get(path, fields);
      if (answer.status() != 401 && answer.status() != 403) {
        throw new AssertionError("let in again: " + answer);
      }
    }
  }
}
