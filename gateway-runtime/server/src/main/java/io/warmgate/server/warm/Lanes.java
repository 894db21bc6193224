package io.warmgate.server.warm;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.server.Warming.BusyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Does many things a few at a time: each lane has one under way, on an event loop of its own, and
 * begins the next as a task behind whatever that loop has to do for clients. So many lanes are
 * there for the whole pod.
 */
final class Lanes {
  /** For all orders together. */
  static final int MOST = 64;

  private final VertxInternal vertx;
  private final AtomicInteger free = new AtomicInteger(MOST);

  /** How many at once, and for how long. */
  record Limits(int concurrency, long timeoutMillis) {}

  Lanes(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
  }

  /**
   * @param work on an event loop; never fails
   */
  Future<WarmReport> run(int size, Limits limits, IntFunction<Future<Outcome>> work) {
    if (size == 0) {
      return Future.succeededFuture(new WarmReport(List.of()));
    }
    int lanes = take(Math.min(size, limits.concurrency()));
    if (lanes == 0) {
      return Future.failedFuture(new BusyException(MOST + " requests are being warmed already"));
    }
    Run run = new Run(size, work);
    long timer = vertx.setTimer(limits.timeoutMillis(), _ -> run.finish());
    run.done.future().onComplete(_ -> vertx.cancelTimer(timer));
    for (int lane = 0; lane < lanes; lane++) {
      Context context = vertx.createEventLoopContext();
      context.runOnContext(_ -> run.next(context));
    }
    return run.done.future();
  }

  private int take(int wanted) {
    int before = free.getAndUpdate(now -> now - Math.min(now, wanted));
    return Math.min(before, wanted);
  }

  private final class Run {
    private final int size;
    private final IntFunction<Future<Outcome>> work;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger left;
    private final AtomicReferenceArray<@Nullable Outcome> outcomes;
    final Promise<WarmReport> done = Promise.promise();
    private volatile boolean over;

    Run(int size, IntFunction<Future<Outcome>> work) {
      this.size = size;
      this.work = work;
      this.left = new AtomicInteger(size);
      this.outcomes = new AtomicReferenceArray<>(size);
    }

    /** A lane is free again once what it had under way has ended, not when nobody waits for it. */
    void next(Context context) {
      int index = over ? size : next.getAndIncrement();
      if (index >= size) {
        free.incrementAndGet();
        return;
      }
      work.apply(index)
          .onSuccess(
              outcome -> {
                outcomes.set(index, outcome);
                if (left.decrementAndGet() == 0) {
                  finish();
                }
                context.runOnContext(_ -> next(context));
              });
    }

    void finish() {
      over = true;
      List<Outcome> all = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        Outcome outcome = outcomes.get(i);
        all.add(
            outcome == null
                ? new Outcome(Result.FAILED, 0, i < next.get(), 0, 0, "the order's time was over")
                : outcome);
      }
      done.tryComplete(new WarmReport(all));
    }
  }
}
