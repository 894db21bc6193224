package io.warmgate.server.cache.store;

import java.util.Objects;

/**
 * TTL: the slot whose retention ends soonest. Its heap is the shelf's own, which it needs anyway.
 */
final class DeadlineOrder implements Order {
  private final Deadlines deadlines = new Deadlines();

  Deadlines deadlines() {
    return deadlines;
  }

  @Override
  public boolean heedsUses() {
    return false;
  }

  @Override
  public void added(Node node) {}

  @Override
  public void used(Node node) {}

  @Override
  public void removed(Node node) {}

  @Override
  public Node victim() {
    return Objects.requireNonNull(deadlines.first(), "of at least one");
  }
}
