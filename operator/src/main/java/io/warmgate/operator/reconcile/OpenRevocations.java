package io.warmgate.operator.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.config.Json;
import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.RevokeOrder;
import io.warmgate.operator.fleet.Fleet;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.WrittenRevisions;
import io.warmgate.operator.translate.Revocations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway's revisions took away, until every answering pod serves one that says so itself.
 * Each is an order ahead of its revision: pushed to the pods that lag, and appended to the log.
 */
final class OpenRevocations {
  /** More orders than these become one that says less and takes more. */
  private static final int MOST = 100;

  private final Function<Order, Fleet.Append> log;
  private final Map<String, RevokeOrder> open = new LinkedHashMap<>();
  private @Nullable MintedRevision last;

  /**
   * @param log appends an order, or says how far that is; never waits
   */
  OpenRevocations(Function<Order, Fleet.Append> log) {
    this.log = log;
  }

  /**
   * A revision may have been written, and one acknowledged.
   *
   * @param acknowledged the revision that pods fall back to; asked for once, where pods may still
   *     serve it after an operator before this one wrote a newer. Null: it cannot be read
   */
  void follow(WrittenRevisions written, Supplier<@Nullable MintedRevision> acknowledged) {
    MintedRevision current = written.current();
    if (current == null) {
      return;
    }
    if (last == null) {
      boolean settled = current.number() <= written.acknowledgedNumber();
      MintedRevision behind = settled ? null : acknowledged.get();
      last = behind == null ? current : behind;
    }
    if (last.number() < current.number()) {
      add(Revocations.between(last.config().access(), current.config().access()), current.number());
      last = current;
    }
    open.values().removeIf(order -> order.below() <= written.acknowledgedNumber());
    append();
  }

  private void add(Revocation revoked, long below) {
    if (revoked.takesNothing()) {
      return;
    }
    put(revoked, below);
    if (open.size() > MOST) {
      List<Revocation> all = open.values().stream().map(RevokeOrder::revoked).toList();
      open.clear();
      put(Revocation.folded(all), below);
    }
  }

  /** The same content at the same revision is the same order, whichever operator says it. */
  private void put(Revocation revoked, long below) {
    String id = "revoked:" + below + ":" + Digest.of(new String(Json.write(revoked), UTF_8));
    open.put(id, new RevokeOrder(id, revoked, below, null));
  }

  private void append() {
    open.replaceAll(
        (_, order) ->
            order.logged() == null && log.apply(order) instanceof Fleet.Append.Logged(var receipt)
                ? order.at(receipt)
                : order);
  }

  /** Those that pods of older revisions have to obey, oldest first. */
  List<RevokeOrder> orders() {
    return new ArrayList<>(open.values());
  }

  Set<String> ids() {
    return Set.copyOf(open.keySet());
  }
}
