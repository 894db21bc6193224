package io.warmgate.operator.fleet;

import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PurgeReceipt;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Appends orders to the gateway's log through its pods: any one will do, since appending an order
 * twice is once. Never waited for: an attempt runs beside, and says when it ended.
 */
final class LogAppender {
  /**
   * An order that no pod could append is tried again after this long; till then pods push it on.
   */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** A pod that has not answered after this long is not waited for before the next is asked. */
  private static final Duration SOON = Duration.ofMillis(250);

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
    Reply<PurgeReceipt> append(Order order);
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
  synchronized Attempt append(Order order, List<Pod> pods) {
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

  private void run(Order order, List<Pod> pods) {
    Attempt ended =
        firstReceipt(order, pods)
            .<Attempt>map(Attempt.Appended::new)
            .orElseGet(() -> new Attempt.Failed(System.nanoTime()));
    synchronized (this) {
      attempts.replace(order.id(), ended);
    }
    changed.run();
  }

  /** Asks one after the other until one has appended it, or all have answered. */
  private static Optional<PurgeReceipt> firstReceipt(Order order, List<Pod> pods) {
    BlockingQueue<Optional<PurgeReceipt>> answers = new LinkedBlockingQueue<>();
    Iterator<Pod> next = pods.iterator();
    int open = 0;
    try {
      while (next.hasNext() || open > 0) {
        if (next.hasNext()) {
          ask(next.next(), order, answers);
          open++;
        }
        Optional<PurgeReceipt> answer =
            next.hasNext() ? answers.poll(SOON.toMillis(), TimeUnit.MILLISECONDS) : answers.take();
        if (answer != null && answer.isPresent()) {
          return answer;
        }
        open -= answer == null ? 0 : 1;
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private static void ask(Pod pod, Order order, BlockingQueue<Optional<PurgeReceipt>> answers) {
    Thread.ofVirtual()
        .name("append " + order.id())
        .start(() -> answers.add(receipt(pod.append(order))));
  }

  private static Optional<PurgeReceipt> receipt(Reply<PurgeReceipt> reply) {
    return reply instanceof Reply.Done<PurgeReceipt>(var receipt)
        ? Optional.of(receipt)
        : Optional.empty();
  }

  /** Forgets the orders that are not among these. */
  synchronized void keep(Set<String> orders) {
    attempts.keySet().retainAll(orders);
  }
}
