package io.warmgate.server.telemetry;

import io.netty.util.internal.PlatformDependent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes access log lines on a thread of its own, so that no event loop waits for whoever reads
 * standard output. What does not fit into the queue is dropped and counted.
 */
public final class AccessLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AccessLog.class);
  private static final long PAUSE_NANOS = 20_000_000;

  private final Queue<AccessEntry> queue;
  private final OutputStream out;
  private final LongAdder dropped = new LongAdder();
  private final LongAdder written = new LongAdder();
  private final Thread writer;
  private volatile boolean closing;

  /**
   * @param capacity lines that may wait
   */
  public AccessLog(OutputStream out, int capacity) {
    this.queue = PlatformDependent.newFixedMpscQueue(capacity);
    this.out = new BufferedOutputStream(out, 1 << 16);
    this.writer = Thread.ofPlatform().daemon().name("access-log").unstarted(this::run);
  }

  public AccessLog start() {
    writer.start();
    return this;
  }

  /** Never blocks. */
  void add(AccessEntry entry) {
    if (!queue.offer(entry)) {
      dropped.increment();
    }
  }

  /** Lines lost: the queue was full, or they could not be written. */
  long dropped() {
    return dropped.sum();
  }

  long written() {
    return written.sum();
  }

  /** Writes what waits, then ends; waits for that at most two seconds. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    try {
      writer.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!(closing && queue.isEmpty())) {
      if (drain() == 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private int drain() {
    int taken = 0;
    try {
      for (AccessEntry entry = queue.poll(); entry != null; entry = queue.poll()) {
        taken++;
        AccessLine.write(entry, out);
        written.increment();
      }
      if (taken > 0) {
        out.flush();
      }
    } catch (IOException | RuntimeException e) {
      dropped.increment();
      log.warn("the access log cannot be written: {}", e.toString());
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return taken;
  }
}
