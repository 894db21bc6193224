package io.warmgate.server.cache.store;

/** A chunk is not there, or is not what was written: evicted, damaged, or sealed by another. */
public final class ChunkLost extends RuntimeException {
  private static final long serialVersionUID = 1;

  ChunkLost(String name) {
    super("chunk " + name + " is lost", null, false, false);
  }
}
