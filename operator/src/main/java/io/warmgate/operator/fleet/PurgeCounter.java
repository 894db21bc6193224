package io.warmgate.operator.fleet;

import io.warmgate.config.admin.PurgeCount;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has pods count what an order names, each on a virtual thread of its own that asks until it has an
 * answer or the order is forgotten. Never waited for.
 */
final class PurgeCounter {
  /** Before a pod that could not be asked is asked again. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Asks one pod. */
  interface Pod {
    Reply<PurgeCount> count(PurgeRequest selection);
  }

  /** Order → pod → what it counted; empty: it is being asked. */
  private final Map<String, Map<String, Optional<PurgeCount>>> orders = new HashMap<>();

  private final Runnable changed;

  /**
   * @param changed runs whenever a pod has counted
   */
  PurgeCounter(Runnable changed) {
    this.changed = changed;
  }

  /**
   * Asks those that are not being asked yet.
   *
   * @param pods by uid
   */
  synchronized void count(PurgeOrder order, Map<String, Pod> pods) {
    Map<String, Optional<PurgeCount>> asked =
        orders.computeIfAbsent(order.id(), _ -> new HashMap<>());
    pods.forEach(
        (uid, pod) -> {
          if (asked.putIfAbsent(uid, Optional.empty()) == null) {
            Thread.ofVirtual().name("count " + order.id()).start(() -> ask(order, uid, pod));
          }
        });
  }

  private void ask(PurgeOrder order, String uid, Pod pod) {
    try {
      while (isWanted(order.id())) {
        if (pod.count(order.request()) instanceof Reply.Done<PurgeCount>(var count)) {
          counted(order.id(), uid, count);
          return;
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isWanted(String order) {
    return orders.containsKey(order);
  }

  private void counted(String order, String uid, PurgeCount count) {
    synchronized (this) {
      Map<String, Optional<PurgeCount>> asked = orders.get(order);
      if (asked == null) {
        return;
      }
      asked.put(uid, Optional.of(count));
    }
    changed.run();
  }

  /** What was counted so far, by the pod's uid. */
  synchronized Map<String, PurgeCount> counts(String order) {
    Map<String, PurgeCount> counts = new HashMap<>();
    orders
        .getOrDefault(order, Map.of())
        .forEach((uid, count) -> count.ifPresent(known -> counts.put(uid, known)));
    return counts;
  }

  /** Forgets the orders that are not among these. */
  synchronized void keep(Set<String> wanted) {
    orders.keySet().retainAll(wanted);
  }
}
