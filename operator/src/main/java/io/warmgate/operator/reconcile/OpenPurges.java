package io.warmgate.operator.reconcile;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.operator.fleet.Fleet;
import io.warmgate.operator.fleet.PodView;
import io.warmgate.operator.status.PurgeAction;
import io.warmgate.operator.status.PurgeProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Carries out what is to be done for a gateway's open purges, and remembers how far each is. Its
 * orders, by id, are the pods' to apply as long as each reconcile names them.
 */
final class OpenPurges {
  private final Fleet fleet;
  private final Map<String, PurgeProgress.Appending> appending = new HashMap<>();
  private final Map<String, PurgeOrder> orders = new LinkedHashMap<>();
  private final Set<String> named = new HashSet<>();

  OpenPurges(Fleet fleet) {
    this.fleet = fleet;
  }

  /** A reconcile begins: orders that it does not name are over when it ends. */
  void begin() {
    named.clear();
  }

  /**
   * @param id of the purge
   * @param pods as they are now
   */
  PurgeProgress progress(String id, List<PodView> pods) {
    Set<String> acknowledged = new HashSet<>();
    for (PodView pod : pods) {
      boolean applied = pod.state() != null && pod.state().applied().contains(id);
      if (applied || pod.purged().contains(id)) {
        acknowledged.add(pod.pod().uid());
      }
    }
    return new PurgeProgress(
        appending.getOrDefault(id, new PurgeProgress.Appending.NotTried()),
        acknowledged,
        fleet.counts(id));
  }

  /**
   * Does it.
   *
   * @return whether there is news at once, so that the purge should be looked at again
   */
  boolean act(PurgeAction action) {
    return switch (action) {
      case PurgeAction.Append(var order) -> append(order);
      case PurgeAction.Push(var order, _) -> name(order);
      case PurgeAction.Announce(var order) -> name(order);
      case PurgeAction.Count(var order, var pods) -> count(order, pods);
      case PurgeAction.Delete() -> false;
    };
  }

  private boolean append(PurgeOrder order) {
    named.add(order.id());
    PurgeProgress.Appending before = appending.get(order.id());
    PurgeProgress.Appending now =
        switch (fleet.append(order)) {
          case Fleet.Append.Underway() ->
              before == null ? new PurgeProgress.Appending.NotTried() : before;
          case Fleet.Append.Logged(var receipt) -> new PurgeProgress.Appending.Appended(receipt);
          case Fleet.Append.Unavailable() -> new PurgeProgress.Appending.Unavailable();
        };
    appending.put(order.id(), now);
    return !now.equals(before == null ? new PurgeProgress.Appending.NotTried() : before);
  }

  private boolean count(PurgeOrder order, List<String> pods) {
    named.add(order.id());
    fleet.count(order, Set.copyOf(pods));
    return false;
  }

  private boolean name(PurgeOrder order) {
    named.add(order.id());
    PurgeOrder before = orders.get(order.id());
    if (before == null || before.logged() == null) {
      orders.put(order.id(), order);
    }
    return false;
  }

  /** Ids of the orders that this reconcile has named so far. */
  Set<String> ids() {
    return Set.copyOf(named);
  }

  /** The orders that pods should have applied now, oldest first. */
  List<PurgeOrder> orders() {
    orders.keySet().retainAll(named);
    appending.keySet().retainAll(named);
    return new ArrayList<>(orders.values());
  }
}
