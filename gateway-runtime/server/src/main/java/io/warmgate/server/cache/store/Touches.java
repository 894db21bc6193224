package io.warmgate.server.cache.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Uses of slots that an order was not told of yet, so that a use needs no lock: a ring for each few
 * threads. One thread loses none; of two that write to one ring at the same moment one may lose its
 * use, which costs the order a little accuracy and the request nothing.
 */
final class Touches {
  private static final int SLOTS = 32;

  private final Ring[] rings;

  /**
   * @param threads that touch at the same time, about
   */
  Touches(int threads) {
    rings = new Ring[Integer.highestOneBit(Math.max(1, threads * 2 - 1))];
    for (int i = 0; i < rings.length; i++) {
      rings[i] = new Ring();
    }
  }

  /** False where there is no room: then it is time to {@link #drain}. */
  boolean offer(Node node) {
    return rings[(int) Thread.currentThread().threadId() & (rings.length - 1)].offer(node);
  }

  /** Tells them, those of a thread in their order. Under the shelf's lock. */
  void drain(Consumer<Node> order) {
    for (Ring ring : rings) {
      ring.drain(order);
    }
  }

  private static final class Ring {
    private final AtomicReferenceArray<@Nullable Node> slots = new AtomicReferenceArray<>(SLOTS);
    private final AtomicInteger written = new AtomicInteger();
    private volatile int read;

    boolean offer(Node node) {
      int at = written.get();
      if (at - read >= SLOTS) {
        return false;
      }
      if (written.compareAndSet(at, at + 1)) {
        slots.setRelease(at & (SLOTS - 1), node);
      }
      return true;
    }

    void drain(Consumer<Node> order) {
      int at = read;
      int end = written.get();
      while (at != end) {
        Node node = slots.getAcquire(at & (SLOTS - 1));
        if (node == null) {
          // Its place is taken, and it is not there yet: the next time.
          break;
        }
        slots.setRelease(at & (SLOTS - 1), null);
        order.accept(node);
        at++;
      }
      read = at;
    }
  }
}
