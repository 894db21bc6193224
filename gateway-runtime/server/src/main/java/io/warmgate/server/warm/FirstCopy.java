package io.warmgate.server.warm;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmOrder.Action;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.server.cache.HotShelf;
import io.warmgate.server.cache.HttpCache;
import io.warmgate.server.warm.SharedHot.OfRoute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what the gateway's pods are asked most for out of Redis into a new pod's memory, the
 * heaviest first, before it is ready; no backend is asked. Bounded in time, and by the memory that
 * entries may take: what would only push others out is left.
 */
final class FirstCopy {
  /** From the first revision on. */
  private static final long PATIENCE_MILLIS = 3_000;

  private static final long AGAIN_MILLIS = 20;
  private static final int BATCH = 100;
  private static final int CONCURRENCY = 8;
  private static final Logger log = LoggerFactory.getLogger(FirstCopy.class);

  private final HttpCache cache;
  private final Warmer warmer;
  private final Context context;
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile boolean done;
  private long deadline;

  FirstCopy(Vertx vertx, HttpCache cache, Warmer warmer) {
    this.cache = cache;
    this.warmer = warmer;
    this.context = ((VertxInternal) vertx).createEventLoopContext();
  }

  /** A revision is served; the first one counts. */
  void begin() {
    if (begun.compareAndSet(false, true)) {
      context.runOnContext(_ -> run());
    }
  }

  /** Null before there is anything to wait for, and after. */
  @Nullable String pending() {
    return begun.get() && !done ? "copies what is asked for most out of Redis" : null;
  }

  private void run() {
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    HotShelf shelf = cache.shelf();
    if (!shelf.exists()) {
      done = true;
      return;
    }
    context.owner().setTimer(PATIENCE_MILLIS, _ -> done = true);
    read(shelf)
        .compose(list -> next(list.requests(), 0))
        .onComplete(
            _ -> {
              done = true;
              log.info("{} entries in memory before the first request", cache.local().entries());
            });
  }

  /** Until the log was read to its end nothing of Redis is trusted. */
  private Future<SharedHot> read(HotShelf shelf) {
    if (isLate()) {
      return Future.succeededFuture(SharedHot.NONE);
    }
    return (shelf.isTrusted()
            ? shelf.read()
            : Future.<java.util.Optional<byte[]>>failedFuture("not yet"))
        .compose(
            json ->
                context.executeBlocking(
                    () -> json.map(SharedHot::read).orElse(SharedHot.NONE), false))
        .recover(_ -> again().compose(_ -> read(shelf)));
  }

  private Future<Void> next(List<OfRoute> all, int from) {
    boolean full = cache.local().bytes() >= cache.local().maxBytes() / 10 * 9;
    if (from >= all.size() || full || isLate()) {
      return Future.succeededFuture();
    }
    List<OfRoute> batch = all.subList(from, Math.min(all.size(), from + BATCH));
    Map<String, List<WarmRequest>> byRoute = new LinkedHashMap<>();
    for (OfRoute one : batch) {
      byRoute.computeIfAbsent(one.route(), _ -> new ArrayList<>()).add(one.hot().request());
    }
    Future<Void> copied = Future.succeededFuture();
    for (Map.Entry<String, List<WarmRequest>> route : byRoute.entrySet()) {
      for (String release : warmer.releases(route.getKey())) {
        copied = copied.compose(_ -> copy(route.getKey(), release, route.getValue()));
      }
    }
    return copied.compose(_ -> next(all, from + BATCH));
  }

  /** Until Redis has answered to each of them, or it is late. */
  private Future<Void> copy(String route, String release, List<WarmRequest> requests) {
    if (requests.isEmpty() || isLate()) {
      return Future.succeededFuture();
    }
    WarmOrder order =
        new WarmOrder(route, release, Action.CERTIFY, CONCURRENCY, PATIENCE_MILLIS, requests);
    return warmer
        .quietly(order)
        .map(report -> failed(requests, report))
        // What is served changed meanwhile.
        .otherwise(List.of())
        .compose(
            failed ->
                failed.isEmpty()
                    ? Future.succeededFuture()
                    : again().compose(_ -> copy(route, release, failed)));
  }

  private static List<WarmRequest> failed(List<WarmRequest> requests, WarmReport report) {
    List<WarmRequest> failed = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      if (report.outcomes().get(i).result() == Result.FAILED) {
        failed.add(requests.get(i));
      }
    }
    return failed;
  }

  private Future<Void> again() {
    return context.owner().timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS).mapEmpty();
  }

  private boolean isLate() {
    return System.nanoTime() - deadline > 0;
  }
}
