package io.warmgate.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.warmgate.operator.gather.WatchFailed;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator as a program. It finds the API server as kubectl does ({@code KUBECONFIG}) or, in a
 * pod, by its ServiceAccount; {@link Settings} says what else the environment holds. Exit status 1:
 * it cannot begin, and says why; SIGTERM ends it with 0.
 */
public final class OperatorMain {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);

  private OperatorMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      run(Settings.of(System.getenv()));
    } catch (WatchFailed | IllegalArgumentException | KubernetesClientException | IOException e) {
      LOG.error("the operator cannot run: {}", e.getMessage());
      LOG.debug("because of", e);
      System.exit(1);
    }
  }

  private static void run(Settings settings) throws IOException, InterruptedException {
    long start = System.nanoTime();
    KubernetesClient client = new KubernetesClientBuilder().build();
    RunningOperator operator = RunningOperator.start(client, settings, OperatorMain::lostLease);
    LOG.info(
        "watching {} at {}; health and metrics on port {}; started in {} ms",
        settings.namespaces(),
        client.getMasterUrl(),
        operator.healthPort(),
        (System.nanoTime() - start) / 1_000_000);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      operator.close();
                      client.close();
                      LOG.info("stopped");
                      ended.countDown();
                    }));
    ended.await();
  }

  /** At once: what it was about to write is for the next leader to decide. */
  private static void lostLease() {
    LOG.error("the lease is lost: another operator may lead, so this one ends");
    Runtime.getRuntime().halt(1);
  }
}
