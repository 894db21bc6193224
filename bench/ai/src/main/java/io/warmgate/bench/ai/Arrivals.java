package io.warmgate.bench.ai;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * When clients ask that know nothing of each other: the times between two are exponentially
 * distributed, to the microsecond, and the same in each run. At even intervals they would meet the
 * ticks of those before them. On the event loop alone.
 */
final class Arrivals {
  private static final long SEED = 20_260_801;

  private final EventLoop loop;
  private final double meanNanos;
  private final LongPredicate more;
  private final LongConsumer arrival;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final long began = System.nanoTime();
  private double due;

  /**
   * @param more whether one that is due so many nanoseconds after the first still comes
   * @param arrival takes after how many nanoseconds it was due; it may be later by now
   */
  Arrivals(Vertx vertx, double meanNanos, LongPredicate more, LongConsumer arrival) {
    this.loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
    this.meanNanos = meanNanos;
    this.more = more;
    this.arrival = arrival;
  }

  /** By {@link System#nanoTime}. */
  long began() {
    return began;
  }

  /** Those that are due by now, and the others in time. */
  void go() {
    long now = System.nanoTime() - began;
    while (due <= now && more.test((long) due)) {
      arrival.accept((long) due);
      due -= meanNanos * Math.log(1 - random.nextDouble());
    }
    if (more.test((long) due)) {
      var _ = loop.schedule(this::go, Math.max(0, (long) due - now), TimeUnit.NANOSECONDS);
    }
  }
}
