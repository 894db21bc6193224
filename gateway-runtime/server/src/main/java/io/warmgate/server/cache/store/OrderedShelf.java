package io.warmgate.server.cache.store;

import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.store.LocalStore.Held;
import io.warmgate.server.cache.store.LocalStore.Left;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A shelf whose {@link Order} says what leaves. Readers take no lock; changes, and the orders, are
 * under one. Room is made before something is added, so the bound holds at any time, and what is
 * over goes before what is not, whatever the order.
 */
final class OrderedShelf implements Shelf {
  /**
   * So many that are over leave with one that comes: nobody waits for a burst that ends at once.
   */
  private static final int OVER_AT_ONCE = 16;

  private final ConcurrentHashMap<CacheKey, Node> nodes = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier nanos;
  private final Consumer<Left> left;
  private final Order order;
  private final Deadlines deadlines;
  private final Owners owners = new Owners();
  private final Touches touches = new Touches(Runtime.getRuntime().availableProcessors());
  private final Consumer<Node> use = this::use;
  private final boolean heedsUses;
  private long arrivals;
  private volatile long max;
  private volatile long bytes;

  OrderedShelf(long maxBytes, LongSupplier nanos, Consumer<Left> left, Order order) {
    this.max = maxBytes;
    this.nanos = nanos;
    this.left = left;
    this.order = order;
    this.heedsUses = order.heedsUses();
    this.deadlines = order instanceof DeadlineOrder own ? own.deadlines() : new Deadlines();
  }

  @Override
  public @Nullable Held get(CacheKey key) {
    Node node = nodes.get(key);
    if (node == null) {
      return null;
    }
    if (node.isOver(nanos.getAsLong())) {
      locked(() -> leave(node, Left.TTL));
      return null;
    }
    if (heedsUses && !touches.offer(node) && lock.tryLock()) {
      try {
        touches.drain(use);
        use(node);
      } finally {
        lock.unlock();
      }
    }
    return node.held;
  }

  @Override
  public @Nullable Held peek(CacheKey key) {
    Node node = nodes.get(key);
    return node == null || node.isOver(nanos.getAsLong()) ? null : node.held;
  }

  @Override
  public void put(CacheKey key, Held value) {
    locked(
        () -> {
          Node before = present(key);
          if (before == null || !value.isOlderThan(before.held)) {
            add(before, key, value, value.retentionMillis());
          }
        });
  }

  @Override
  public void move(CacheKey key, Held value, long remainingMillis) {
    locked(
        () -> {
          if (present(key) == null) {
            add(null, key, value, remainingMillis);
          }
        });
  }

  @Override
  public void remove(CacheKey key, Held value, Left why) {
    locked(
        () -> {
          Node node = nodes.get(key);
          if (node != null && node.held.equals(value)) {
            leave(node, why);
          }
        });
  }

  @Override
  public void take(CacheKey key, Held value) {
    locked(
        () -> {
          Node node = nodes.get(key);
          if (node != null && node.held.equals(value)) {
            detach(node);
            nodes.remove(key, node);
          }
        });
  }

  @Override
  public OptionalLong remainingMillis(CacheKey key) {
    Node node = nodes.get(key);
    long now = nanos.getAsLong();
    return node == null || node.isOver(now)
        ? OptionalLong.empty()
        : OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(node.deadline - now));
  }

  @Override
  public Iterable<Map.Entry<CacheKey, Held>> all() {
    return () ->
        nodes.values().stream()
            .filter(node -> !node.isOver(nanos.getAsLong()))
            .map(node -> Map.entry(node.key, node.held))
            .iterator();
  }

  @Override
  public void tidy() {
    locked(this::dropOver);
  }

  @Override
  public Owners owners() {
    return owners;
  }

  @Override
  public void resize(long maxBytes) {
    locked(
        () -> {
          max = maxBytes;
          makeRoom(0);
        });
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public long entries() {
    return nodes.mappingCount();
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      touches.drain(use);
      change.run();
    } finally {
      lock.unlock();
    }
  }

  private void use(Node node) {
    if (node.kept) {
      order.used(node);
    }
  }

  /** One that is over leaves on the way. */
  private @Nullable Node present(CacheKey key) {
    Node node = nodes.get(key);
    if (node != null && node.isOver(nanos.getAsLong())) {
      leave(node, Left.TTL);
      return null;
    }
    return node;
  }

  private void add(@Nullable Node before, CacheKey key, Held value, long retentionMillis) {
    long retention = Math.clamp(retentionMillis, 1, LocalStore.MAX_RETENTION_MILLIS);
    long deadline = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(retention);
    Node node = new Node(key, value, deadline, ++arrivals);
    if (before != null) {
      node.uses = before.uses;
      detach(before);
    }
    if (node.weight > max) {
      nodes.remove(key);
      left.accept(Left.SIZE);
      return;
    }
    dropOver();
    makeRoom(node.weight);
    owners.added(key, value);
    nodes.put(key, node);
    order.added(node);
    deadlines.add(node);
    count(node.weight);
  }

  private void dropOver() {
    long now = nanos.getAsLong();
    for (int i = 0; i < OVER_AT_ONCE; i++) {
      Node soonest = deadlines.first();
      if (soonest == null || !soonest.isOver(now)) {
        return;
      }
      leave(soonest, Left.TTL);
    }
  }

  private void makeRoom(long weight) {
    long now = nanos.getAsLong();
    while (bytes + weight > max) {
      Node soonest = deadlines.first();
      if (soonest != null && soonest.isOver(now)) {
        leave(soonest, Left.TTL);
      } else {
        leave(order.victim(), Left.SIZE);
      }
    }
  }

  private void leave(Node node, Left why) {
    if (node.kept) {
      detach(node);
      nodes.remove(node.key, node);
      left.accept(why);
    }
  }

  /** Takes it out of all but the map, where another may take its place. */
  private void detach(Node node) {
    node.kept = false;
    order.removed(node);
    deadlines.remove(node);
    owners.removed(node.held);
    count(-node.weight);
  }

  private void count(int weight) {
    long before = bytes;
    bytes = before + weight;
  }
}
