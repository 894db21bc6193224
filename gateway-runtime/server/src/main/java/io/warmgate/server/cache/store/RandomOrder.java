package io.warmgate.server.cache.store;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random: each slot with the same chance. */
final class RandomOrder implements Order {
  private final SplittableRandom random;
  private @Nullable Node[] nodes = new Node[64];
  private int size;

  RandomOrder(long seed) {
    this.random = new SplittableRandom(seed);
  }

  @Override
  public boolean heedsUses() {
    return false;
  }

  @Override
  public void added(Node node) {
    if (size == nodes.length) {
      nodes = Arrays.copyOf(nodes, size * 2);
    }
    node.at = size;
    nodes[size++] = node;
  }

  @Override
  public void used(Node node) {}

  @Override
  public void removed(Node node) {
    Node last = Objects.requireNonNull(nodes[--size]);
    nodes[node.at] = last;
    last.at = node.at;
    nodes[size] = null;
  }

  @Override
  public Node victim() {
    return Objects.requireNonNull(nodes[random.nextInt(size)]);
  }
}
