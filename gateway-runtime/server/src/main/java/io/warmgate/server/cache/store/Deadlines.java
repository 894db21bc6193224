package io.warmgate.server.cache.store;

/** Nodes by the end of their retention, of two with the same the one that came first. */
final class Deadlines extends Heap {
  @Override
  boolean precedes(Node one, Node other) {
    // The difference, as System.nanoTime demands: it may overflow.
    long later = one.deadline - other.deadline;
    return later < 0 || (later == 0 && one.arrival < other.arrival);
  }

  @Override
  int place(Node node) {
    return node.deadlineAt;
  }

  @Override
  void place(Node node, int at) {
    node.deadlineAt = at;
  }
}
