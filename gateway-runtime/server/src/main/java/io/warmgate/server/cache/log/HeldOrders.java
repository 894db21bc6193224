package io.warmgate.server.cache.log;

import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.RevokeOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The newest orders by id, to be told to a log that does not name them. What is asked about each
 * order (the newest ids, what the log lacks) costs the same however many are held.
 *
 * <p>Bounded by orders and by the names in them. An order that is dropped before a log named it is
 * told as one of everything, or everybody: nothing is served that should not be, it only costs
 * fetches, or refusals at pods of old revisions. One thread at a time.
 */
final class HeldOrders {
  private final int orders;
  private final int names;

  /** Oldest first. */
  private final SequencedMap<String, Order> byId = new LinkedHashMap<>();

  /** Of those, what the log of {@link #epoch} does not name; oldest first. */
  private final SequencedMap<String, Order> untold = new LinkedHashMap<>();

  private @Nullable String epoch;
  private long held;
  private boolean forgottenPurge;

  /** Of the revocations that were dropped untold, the highest; 0: none was. */
  private long forgottenBelow;

  /**
   * @param orders how many are held at most
   * @param names how many tags, paths, keys and hosts they name together at most, but for the
   *     newest order
   */
  HeldOrders(int orders, int names) {
    this.orders = orders;
    this.names = names;
  }

  /**
   * Holds the order as the newest; a place in a log that is known already is not lost.
   *
   * @return whether its id is new
   */
  boolean add(Order order) {
    Order before = byId.remove(order.id());
    Order kept = before != null && order.logged() == null ? before : order;
    byId.put(order.id(), kept);
    held += names(kept) - (before == null ? 0 : names(before));
    untold.remove(order.id());
    note(kept);
    while (byId.size() > orders || (held > names && byId.size() > 1)) {
      drop();
    }
    return before == null;
  }

  private void note(Order order) {
    PurgeReceipt receipt = order.logged();
    if (receipt == null || !receipt.epoch().equals(epoch)) {
      untold.put(order.id(), order);
    }
  }

  private void drop() {
    Order oldest = byId.pollFirstEntry().getValue();
    held -= names(oldest);
    if (untold.remove(oldest.id()) != null) {
      switch (oldest) {
        case PurgeOrder _ -> forgottenPurge = true;
        case RevokeOrder revoke -> forgottenBelow = Math.max(forgottenBelow, revoke.below());
      }
    }
  }

  /** What the log of this epoch was not told; oldest first. */
  List<Order> notIn(String asked) {
    if (!asked.equals(epoch)) {
      epoch = asked;
      untold.clear();
      byId.values().forEach(this::note);
    }
    if (forgottenPurge) {
      forgottenPurge = false;
      add(new PurgeOrder(forgottenId(), PurgeRequest.everything(), null));
    }
    if (forgottenBelow > 0) {
      long below = forgottenBelow;
      forgottenBelow = 0;
      add(new RevokeOrder(forgottenId(), Revocation.EVERYBODY, below, null));
    }
    return List.copyOf(untold.values());
  }

  /** Newest last. */
  List<String> newestIds(int most) {
    return byId.sequencedKeySet().reversed().stream().limit(most).toList().reversed();
  }

  private static String forgottenId() {
    return "forgotten:" + UUID.randomUUID();
  }

  private static int names(Order order) {
    return switch (order) {
      case PurgeOrder purge -> names(purge.request());
      case RevokeOrder revoke -> Math.max(1, revoke.revoked().names());
    };
  }

  private static int names(PurgeRequest request) {
    int named = request.tags().size() + request.paths().size() + request.keys().size();
    return Math.max(1, named) * Math.max(1, request.hosts().size());
  }
}
