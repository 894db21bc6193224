package io.warmgate.server.hot;

/** How much memory the sketches of one event loop may take, in bytes. Confined to that loop. */
final class HotRoom {
  private final long most;
  private volatile long taken;

  HotRoom(long most) {
    this.most = most;
  }

  boolean has() {
    return taken < most;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void take(long bytes) {
    taken += bytes;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void give(long bytes) {
    taken -= bytes;
  }

  long taken() {
    return taken;
  }
}
