package io.warmgate.server.access;

import io.warmgate.config.Access;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.RevokeOrder;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What orders have taken away from the revision that is served, until one is served that says so
 * itself. {@link #key} answers for client certificates too: no digest of one is a key's. Any thread
 * asks without a lock; writers exclude each other.
 *
 * <p>A request that was matched by the old revision may ask a moment after the new one is served.
 * So what the new one does not give either stays revoked until the next; what it gives is given at
 * once.
 */
public final class RevokedNames implements Revoked {
  /** Beyond so many names nobody is let in, until a newer revision is served. */
  private static final int MOST_NAMES = 100_000;

  private final InstantSource clock;
  private final int mostNames;
  private final Map<String, RevokeOrder> open = new LinkedHashMap<>();
  private int names;
  private long served;

  /** Null: nothing is revoked. */
  private volatile @Nullable NameIndex index;

  /**
   * @param clock for keys that are revoked from a time on
   */
  public RevokedNames(InstantSource clock) {
    this(clock, MOST_NAMES);
  }

  RevokedNames(InstantSource clock, int mostNames) {
    this.clock = clock;
    this.mostNames = mostNames;
  }

  /** Holds for every request that begins after this returned, while an older revision is served. */
  public synchronized void obey(RevokeOrder order) {
    if (order.below() <= served || open.putIfAbsent(order.id(), order) != null) {
      return;
    }
    names += size(order);
    if (names > mostNames) {
      fold();
    } else {
      NameIndex now = index;
      NameIndex more = now == null ? new NameIndex() : now;
      more.add(order.revoked());
      index = more;
    }
  }

  private static int size(RevokeOrder order) {
    return Math.max(1, order.revoked().names());
  }

  private void fold() {
    long below = open.values().stream().mapToLong(RevokeOrder::below).max().orElse(served + 1);
    open.clear();
    RevokeOrder all = new RevokeOrder("folded", Revocation.EVERYBODY, below, null);
    open.put(all.id(), all);
    names = size(all);
    reindex(new NameIndex());
  }

  /**
   * Requests are answered by this revision from now on.
   *
   * @param access whom it knows
   */
  public synchronized void serves(long number, Access access) {
    boolean first = served == 0;
    served = Math.max(served, number);
    NameIndex next = new NameIndex();
    Given given = null;
    Iterator<RevokeOrder> orders = open.values().iterator();
    while (orders.hasNext()) {
      RevokeOrder order = orders.next();
      if (order.below() <= served) {
        orders.remove();
        names -= size(order);
        if (!first) {
          given = given == null ? new Given(access) : given;
          next.add(given.without(order.revoked()));
        }
      }
    }
    reindex(next);
  }

  private void reindex(NameIndex next) {
    open.values().forEach(order -> next.add(order.revoked()));
    index = next.isEmpty() ? null : next;
  }

  @Override
  public boolean key(String sha256) {
    NameIndex now = index;
    return now != null && now.digest(sha256, clock);
  }

  @Override
  public boolean consumer(String id) {
    NameIndex now = index;
    return now != null && now.consumer(id);
  }

  @Override
  public boolean grant(String consumerId, String route) {
    NameIndex now = index;
    return now != null && now.grant(consumerId, route);
  }
}
