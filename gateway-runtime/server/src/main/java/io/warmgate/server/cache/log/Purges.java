package io.warmgate.server.cache.log;

import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.RevokeOrder;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.httpcache.purge.Purge;
import io.warmgate.httpcache.purge.PurgeTable;
import io.warmgate.httpcache.purge.Standing;
import io.warmgate.httpcache.purge.Subject;
import io.warmgate.server.access.RevokedNames;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The orders this pod obeys. Purges by its two clocks (docs/architecture.md, "Purges"): entries in
 * memory are fenced by the pod's own count, entries in Redis by positions of the log. Revocations
 * by {@link RevokedNames}.
 *
 * <p>Any thread asks without a lock; writers exclude each other.
 */
public final class Purges {
  /** How many hosts, paths and prefixes are remembered before the oldest fold into a floor. */
  private static final int TABLE_CAPACITY = 100_000;

  /** How many orders are held by id, to be told to a new log. */
  private static final int HELD = 10_000;

  private final PurgeTable local = new PurgeTable(TABLE_CAPACITY);
  private final HeldOrders held = new HeldOrders(HELD, TABLE_CAPACITY);
  private final RevokedNames revoked = new RevokedNames(InstantSource.system());
  private long count;
  private volatile Position applied = Position.ZERO;
  private volatile @Nullable Log log;

  /**
   * A log as far as it was applied.
   *
   * @param trusted whether it was read to its end and is being read on
   */
  private record Log(String epoch, PurgeTable table, Position position, boolean trusted) {}

  /**
   * Taken before a request is sent, or Redis is asked. What its own count covers, its log's table
   * covers as well: so a copy of what Redis gave may go into memory under that count.
   */
  public Fence fence() {
    // The count first, which is written last: a purge between the two reads hides more, not less.
    Position count = applied;
    Log now = log;
    return now == null || !now.trusted
        ? new Fence(count, null, Position.ZERO)
        : new Fence(count, now.epoch, now.position);
  }

  /** What purges have made of an entry in this pod's memory. */
  public Standing local(Position sent, Subject subject) {
    return local.standing(sent, subject);
  }

  /** What purges have made of an entry that Redis gave under the epoch of {@link #fence()}. */
  public Standing logged(String epoch, Position sent, Subject subject) {
    Log now = log;
    return now == null || !now.epoch.equals(epoch)
        ? new Standing.Gone()
        : now.table.standing(sent, subject);
  }

  /** When the latest purge was made that names an entry in memory; empty: none does. */
  public OptionalLong namedLocally(Position sent, Subject subject) {
    return local.namedAt(sent, subject);
  }

  /** The same of an entry that Redis gave under that epoch. */
  public OptionalLong namedInLog(String epoch, Position sent, Subject subject) {
    Log now = log;
    return now == null || !now.epoch.equals(epoch)
        ? OptionalLong.empty()
        : now.table.namedAt(sent, subject);
  }

  /**
   * Whether a purge was applied since that may name the answer to a request of then.
   *
   * @param subject without tags: they are not known yet
   */
  public boolean mayConcern(Position sent, Subject subject) {
    return local.mayConcern(sent, subject);
  }

  /** The epoch under whose keys Redis may be read and written now; null: it may not. */
  public @Nullable String trustedEpoch() {
    Log now = log;
    return now == null || !now.trusted ? null : now.epoch;
  }

  /** Who is no longer let in. */
  public RevokedNames revoked() {
    return revoked;
  }

  /**
   * Hides what the order names from every lookup, or from every request, that begins after this
   * returned; once by id.
   *
   * @return whether the id is new here
   * @throws IllegalArgumentException where nothing could be named so; nothing was applied
   */
  public synchronized boolean apply(Order order) {
    return switch (order) {
      case PurgeOrder purge -> purge(purge);
      case RevokeOrder revoke -> {
        revoked.obey(revoke);
        yield held.add(revoke);
      }
    };
  }

  private boolean purge(PurgeOrder order) {
    Purge purge = Orders.purge(order, Position.ZERO, 0);
    boolean known = !held.add(order);
    PurgeReceipt receipt = order.logged();
    Log now = log;
    if (now != null && receipt != null && receipt.epoch().equals(now.epoch)) {
      Position.parse(receipt.position())
          .ifPresent(at -> now.table.apply(purge.at(at, at.millis())));
    } else if (!known) {
      // Entries in Redis cannot be held against it before the log names it.
      trust(false);
    }
    if (!known) {
      Position next = Position.local(++count);
      local.apply(purge.at(next, System.currentTimeMillis()));
      applied = next;
    }
    return !known;
  }

  /** Ids of the newest orders, newest last. */
  public synchronized List<String> newestIds(int most) {
    return held.newestIds(most);
  }

  /** What the log of this epoch was not told, as far as this pod knows; oldest first. */
  synchronized List<Order> notIn(String epoch) {
    return held.notIn(epoch);
  }

  /**
   * A log was found. Its positions are compared with nothing of another epoch.
   *
   * @param floor what is older is gone: the log no longer names what was purged before
   */
  synchronized void adopt(String epoch, Position floor) {
    PurgeTable table = new PurgeTable(TABLE_CAPACITY);
    table.apply(new Purge("floor", floor, Purge.Mode.HARD, floor.millis(), new Purge.All()));
    log = new Log(epoch, table, Position.ZERO, false);
  }

  /**
   * An entry of the log, in its order.
   *
   * @param epoch of the log it was read from; where another one has been adopted it is passed over
   * @throws IllegalArgumentException where nothing could be named so; {@link #skip} passes it over
   */
  synchronized void read(String epoch, Order order, Position at) {
    Log now = log;
    if (now != null && now.epoch.equals(epoch)) {
      apply(order.at(new PurgeReceipt(epoch, at.toString())));
      reach(now, at);
    }
  }

  /** An entry that is no order was read; see {@link #read}. */
  synchronized void skip(String epoch, Position at) {
    Log now = log;
    if (now != null && now.epoch.equals(epoch)) {
      reach(now, at);
    }
  }

  /** What was read twice moves nothing back. */
  private void reach(Log now, Position at) {
    if (now.position.isBefore(at)) {
      log = new Log(now.epoch, now.table, at, now.trusted);
    }
  }

  /** Whether the log that was adopted may be relied on, from now on. */
  synchronized void trust(boolean trusted) {
    Log now = log;
    if (now != null) {
      log = new Log(now.epoch, now.table, now.position, trusted);
    }
  }

  /** Epoch and position reached; null before a log was ever found. */
  synchronized @Nullable PurgeReceipt reached() {
    Log now = log;
    return now == null ? null : new PurgeReceipt(now.epoch, now.position.toString());
  }

  /** There is no log any more: the gateway has no shared cache. */
  synchronized void forget() {
    log = null;
  }
}
