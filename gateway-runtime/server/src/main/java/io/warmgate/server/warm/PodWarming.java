package io.warmgate.server.warm;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Route;
import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.Refusal;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.server.Dataplane;
import io.warmgate.server.Values;
import io.warmgate.server.Warming;
import io.warmgate.server.cache.HttpCache;
import io.warmgate.server.exchange.Served;
import io.warmgate.server.revision.RefusedException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that a pod does to be warm: on order, for other pods, and when it starts. */
public final class PodWarming implements Warming, AutoCloseable {
  private final Supplier<@Nullable Served> served;
  private final HttpCache cache;
  private final Warmer warmer;
  private final HotLister lister;
  private final FirstCopy first;
  private final HotShare share;

  /**
   * @param served null before the first revision
   */
  public PodWarming(
      Vertx vertx, Supplier<@Nullable Served> served, HttpCache cache, WarmCounts counts) {
    this.served = served;
    this.cache = cache;
    this.warmer = new Warmer(vertx, served, cache, counts);
    this.lister = new HotLister(vertx, cache);
    this.first = new FirstCopy(vertx, cache, warmer);
    this.share = new HotShare(vertx, cache).start();
  }

  @Override
  public Future<WarmReport> warm(WarmOrder order) {
    return warmer.warm(order);
  }

  @Override
  public Future<ReadReport> read(ReadOrder order) {
    return warmer.read(order);
  }

  @Override
  public Future<HotRequests> hot(String route, int top) {
    Served now = served.get();
    return now == null
        ? Future.failedFuture(
            new RefusedException(new Refusal("NotServing", "", "the pod serves no revision yet")))
        : lister.list(route, top, now);
  }

  @Override
  public @Nullable String pending() {
    return first.pending();
  }

  /** Tells the other pods now what this one is asked for. */
  public Future<Void> share() {
    return share.now();
  }

  /** This is served now, and cached where it says. */
  public void taken(GatewayConfig config) {
    var _ = cache.hot().retain(config.routes().stream().map(Route::id).collect(Collectors.toSet()));
    first.begin();
  }

  /** The same data plane, whose first revision begins the copying, and each forgets old routes. */
  public Dataplane over(Dataplane dataplane) {
    return new Watched(dataplane);
  }

  private final class Watched implements Dataplane {
    private final Dataplane dataplane;

    Watched(Dataplane dataplane) {
      this.dataplane = dataplane;
    }

    @Override
    public Future<Void> take(GatewayConfig config, Values values) {
      return dataplane.take(config, values).onSuccess(_ -> taken(config));
    }

    @Override
    public void drain() {
      dataplane.drain();
    }

    @Override
    public Future<Void> close(Duration patience) {
      PodWarming.this.close();
      return dataplane.close(patience);
    }
  }

  @Override
  public void close() {
    share.close();
  }
}
