package io.warmgate.server.cache.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** FIFO: a linked list from the slot that was stored first to the last. */
sealed class ArrivalOrder implements Order permits RecencyOrder {
  private @Nullable Node first;
  private @Nullable Node last;

  @Override
  public boolean heedsUses() {
    return false;
  }

  @Override
  public final void added(Node node) {
    Node end = last;
    node.before = end;
    node.after = null;
    if (end == null) {
      first = node;
    } else {
      end.after = node;
    }
    last = node;
  }

  @Override
  public void used(Node node) {}

  @Override
  public final void removed(Node node) {
    Node before = node.before;
    Node after = node.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    node.before = null;
    node.after = null;
  }

  @Override
  public final Node victim() {
    return Objects.requireNonNull(first, "of at least one");
  }

  /** To the end, as if it had just come. */
  final void again(Node node) {
    if (node != last) {
      removed(node);
      added(node);
    }
  }
}
