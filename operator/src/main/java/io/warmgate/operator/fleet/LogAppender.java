package io.warmgate.operator.fleet;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Appends purges to the gateway's log through its pods: any one will do, since appending an order
 * twice is once. Never waited for: an attempt runs beside, and says when it ended.
 */
final class LogAppender {
  /** A purge that no pod could append is tried again after this long; till then pods push it on. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** How far an order is. */
  sealed interface Attempt {

    record Underway() implements Attempt {}

    record Appended(PurgeReceipt receipt) implements Attempt {}

    /**
     * No pod could.
     *
     * @param atNanos when the last of them had been asked
     */
    record Failed(long atNanos) implements Attempt {}
  }

  /** Asks one pod. */
  interface Pod {
    Reply<PurgeReceipt> append(PurgeOrder order);
  }

  private final Map<String, Attempt> attempts = new HashMap<>();
  private final Runnable changed;

  /**
   * @param changed runs whenever an attempt ended
   */
  LogAppender(Runnable changed) {
    this.changed = changed;
  }

  /** Where the order is; begins an attempt where none is under way and none succeeded. */
  synchronized Attempt append(PurgeOrder order, List<Pod> pods) {
    Attempt known = attempts.get(order.id());
    if (known != null && !due(known)) {
      return known;
    }
    Attempt begun = new Attempt.Underway();
    attempts.put(order.id(), begun);
    Thread.ofVirtual().name("append " + order.id()).start(() -> run(order, pods));
    return begun;
  }

  private static boolean due(Attempt known) {
    return known instanceof Attempt.Failed(long at) && System.nanoTime() - at > PAUSE.toNanos();
  }

  private void run(PurgeOrder order, List<Pod> pods) {
    Optional<PurgeReceipt> receipt =
        pods.stream().map(pod -> pod.append(order)).flatMap(LogAppender::receipt).findFirst();
    Attempt ended =
        receipt
            .<Attempt>map(Attempt.Appended::new)
            .orElseGet(() -> new Attempt.Failed(System.nanoTime()));
    synchronized (this) {
      attempts.replace(order.id(), ended);
    }
    changed.run();
  }

  private static Stream<PurgeReceipt> receipt(Reply<PurgeReceipt> reply) {
    return reply instanceof Reply.Done<PurgeReceipt>(var receipt)
        ? Stream.of(receipt)
        : Stream.empty();
  }

  /** Forgets the orders that are not among these. */
  synchronized void keep(Set<String> orders) {
    attempts.keySet().retainAll(orders);
  }
}
