package io.warmgate.operator.gather;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the API server serves a kind that may come later, or never. Of all that want to know one
 * asks, and at most every half minute: discovery is cheap, and an informer of a kind that is not
 * served says so with a trace each time.
 */
final class ServedKind {
  private static final Logger log = LoggerFactory.getLogger(ServedKind.class);
  private static final Duration PERIOD = Duration.ofSeconds(30);

  private final String name;
  private final BooleanSupplier discovery;
  private final LongSupplier nanos;
  private @Nullable CompletableFuture<Boolean> answer;
  private long askedAt;
  private boolean saidMissing;

  /**
   * @param name of the kind, for the log
   * @param discovery asks the API server, and may wait for it
   * @param nanos the time, as {@link System#nanoTime()}
   */
  ServedKind(String name, BooleanSupplier discovery, LongSupplier nanos) {
    this.name = name;
    this.discovery = discovery;
    this.nanos = nanos;
  }

  /** Never fails: where nobody can say, it is tried as if the kind were served. */
  synchronized CompletableFuture<Boolean> ask() {
    CompletableFuture<Boolean> known = answer;
    if (known == null || (known.isDone() && !untilNext().isPositive())) {
      askedAt = nanos.getAsLong();
      known = CompletableFuture.supplyAsync(this::discover);
      answer = known;
    }
    return known;
  }

  /** How long an answer is given again. */
  synchronized Duration untilNext() {
    return PERIOD.minusNanos(nanos.getAsLong() - askedAt);
  }

  private boolean discover() {
    try {
      boolean served = discovery.getAsBoolean();
      say(served);
      return served;
    } catch (KubernetesClientException _) {
      return true;
    }
  }

  private synchronized void say(boolean served) {
    if (served == saidMissing) {
      saidMissing = !served;
      log.info(served ? "{} are served now" : "{} are not served here; asked again later", name);
    }
  }
}
