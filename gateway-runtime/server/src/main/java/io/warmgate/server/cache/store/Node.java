package io.warmgate.server.cache.store;

import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.server.cache.store.LocalStore.Held;
import org.jspecify.annotations.Nullable;

/**
 * A slot on an {@link OrderedShelf}, and its place in the shelf's orders. What is not final is
 * guarded by the shelf's lock.
 */
final class Node {
  final CacheKey key;
  final Held held;
  final int weight;

  /** When its retention ends, as {@link System#nanoTime} tells it. */
  final long deadline;

  /** Of those stored, the how manieth. */
  final long arrival;

  /** Whether it is on the shelf: one that left may still be among the uses told of. */
  boolean kept = true;

  /** Place in the heap of deadlines. */
  int deadlineAt;

  /** Place in the order's heap or array. */
  int at;

  @Nullable Node before;
  @Nullable Node after;

  /** How often it was used, its arrival included. */
  long uses;

  long rank;

  /** Of all uses of the shelf's slots, the how manieth was its last. */
  long lastUse;

  Node(CacheKey key, Held held, long deadline, long arrival) {
    this.key = key;
    this.held = held;
    this.weight = held.weight(key);
    this.deadline = deadline;
    this.arrival = arrival;
  }

  boolean isOver(long nanos) {
    return deadline - nanos <= 0;
  }
}
