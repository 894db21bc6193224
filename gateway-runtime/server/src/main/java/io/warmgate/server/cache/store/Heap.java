package io.warmgate.server.cache.store;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of nodes that know their place in it, so that any can be moved or removed in O(log
 * n).
 */
abstract class Heap {
  private @Nullable Node[] nodes = new Node[64];
  private int size;

  /** Whether one leaves before the other: a strict total order. */
  abstract boolean precedes(Node one, Node other);

  abstract int place(Node node);

  abstract void place(Node node, int at);

  final int size() {
    return size;
  }

  /** Null where there is none. */
  final @Nullable Node first() {
    return size == 0 ? null : nodes[0];
  }

  final void add(Node node) {
    if (size == nodes.length) {
      nodes = Arrays.copyOf(nodes, size * 2);
    }
    rise(node, size++);
  }

  final void remove(Node node) {
    int at = place(node);
    Node last = at(--size);
    nodes[size] = null;
    if (last != node) {
      place(last, at);
      moved(last);
    }
  }

  /** What it is ordered by has changed. */
  final void moved(Node node) {
    int at = place(node);
    rise(node, at);
    if (place(node) == at) {
      sink(node, at);
    }
  }

  private void rise(Node node, int from) {
    int at = from;
    while (at > 0) {
      Node parent = at((at - 1) / 2);
      if (!precedes(node, parent)) {
        break;
      }
      set(parent, at);
      at = (at - 1) / 2;
    }
    set(node, at);
  }

  private void sink(Node node, int from) {
    int at = from;
    while (2 * at + 1 < size) {
      int left = 2 * at + 1;
      int child = left + 1 < size && precedes(at(left + 1), at(left)) ? left + 1 : left;
      if (!precedes(at(child), node)) {
        break;
      }
      set(at(child), at);
      at = child;
    }
    set(node, at);
  }

  private Node at(int at) {
    return Objects.requireNonNull(nodes[at]);
  }

  private void set(Node node, int at) {
    nodes[at] = node;
    place(node, at);
  }
}
