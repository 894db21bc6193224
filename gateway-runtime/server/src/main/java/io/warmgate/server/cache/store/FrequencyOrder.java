package io.warmgate.server.cache.store;

import java.util.Objects;

/**
 * LFU with dynamic aging (LFU-DA: Arlitt et al., "Evaluating content management techniques for Web
 * proxy caches", 2000): a slot's rank is the number of its uses and the rank that the last one
 * evicted had when it was last used. What was popular once so leaves when as much has come and gone
 * since. Of equals the one whose last use is longest ago.
 */
final class FrequencyOrder implements Order {
  private final Ranks ranks = new Ranks();
  private long evicted;
  private long uses;

  private static final class Ranks extends Heap {
    @Override
    boolean precedes(Node one, Node other) {
      return one.rank < other.rank || (one.rank == other.rank && one.lastUse < other.lastUse);
    }

    @Override
    int place(Node node) {
      return node.at;
    }

    @Override
    void place(Node node, int at) {
      node.at = at;
    }
  }

  @Override
  public boolean heedsUses() {
    return true;
  }

  @Override
  public void added(Node node) {
    count(node);
    ranks.add(node);
  }

  @Override
  public void used(Node node) {
    count(node);
    ranks.moved(node);
  }

  @Override
  public void removed(Node node) {
    ranks.remove(node);
  }

  @Override
  public Node victim() {
    Node least = Objects.requireNonNull(ranks.first(), "of at least one");
    evicted = least.rank;
    return least;
  }

  private void count(Node node) {
    node.lastUse = ++uses;
    node.rank = ++node.uses + evicted;
  }
}
