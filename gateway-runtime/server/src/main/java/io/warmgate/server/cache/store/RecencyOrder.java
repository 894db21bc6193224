package io.warmgate.server.cache.store;

/** LRU: a linked list from the slot whose last use is longest ago; storing it is a use. */
final class RecencyOrder extends ArrivalOrder {
  @Override
  public boolean heedsUses() {
    return true;
  }

  @Override
  public void used(Node node) {
    again(node);
  }
}
