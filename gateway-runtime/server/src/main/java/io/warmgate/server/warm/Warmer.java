package io.warmgate.server.warm;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.warmgate.config.ConfigException;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.Refusal;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.server.cache.HttpCache;
import io.warmgate.server.exchange.Rehearsal;
import io.warmgate.server.exchange.Served;
import io.warmgate.server.revision.RefusedException;
import io.warmgate.server.routing.SideDraw;
import io.warmgate.server.routing.Sides;
import io.warmgate.server.routing.Sides.Half;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Warms with what is served when the order comes: a change of that during an order is not seen. */
final class Warmer {
  private final Vertx vertx;
  private final Supplier<@Nullable Served> served;
  private final HttpCache cache;
  private final Lanes lanes;
  private final WarmCounts counts;

  /**
   * @param served null before the first revision
   */
  Warmer(Vertx vertx, Supplier<@Nullable Served> served, HttpCache cache, WarmCounts counts) {
    this.vertx = vertx;
    this.served = served;
    this.cache = cache;
    this.lanes = new Lanes(vertx);
    this.counts = counts;
  }

  Future<WarmReport> warm(WarmOrder order) {
    return run(order, outcome -> counts.count(order.action(), outcome.result()));
  }

  /** The same, uncounted. */
  Future<WarmReport> quietly(WarmOrder order) {
    return run(order, _ -> {});
  }

  /** Names of a route's releases, as orders name them. */
  List<String> releases(String route) {
    Served now = served.get();
    Sides sides = now == null ? null : now.routes().sides(route);
    return sides == null ? List.of("") : List.of(sides.from(), sides.to());
  }

  /** A request for one side of one route; of other routes their own. */
  static SideDraw draw(String route, Half half) {
    return sides -> sides.routeId().equals(route) ? half : Half.OWN;
  }

  Future<ReadReport> read(ReadOrder order) {
    return with(order.route(), order.release(), (now, draw) -> Reading.of(order, now, draw, vertx));
  }

  private Future<WarmReport> run(WarmOrder order, Consumer<Outcome> each) {
    return with(
        order.route(),
        order.release(),
        (now, draw) ->
            lanes.run(
                order.requests().size(),
                new Lanes.Limits(order.concurrency(), order.timeoutMillis()),
                index ->
                    warm(order, order.requests().get(index), now, draw).onSuccess(each::accept)));
  }

  /** Does it on one release of a route, if that is served. */
  private <T> Future<T> with(
      String route, String release, BiFunction<Served, SideDraw, Future<T>> work) {
    Served now = served.get();
    if (now == null) {
      return refused("NotServing", "", "the pod serves no revision yet");
    }
    Sides sides = now.routes().sides(route);
    Half half = half(sides, release);
    if (half == null) {
      return refused(
          "ReleaseGone",
          "release",
          sides == null
              ? "route " + route + " has one release; its name is empty here"
              : release + " is neither " + sides.from() + " nor " + sides.to());
    }
    return work.apply(now, draw(route, half));
  }

  private static @Nullable Half half(@Nullable Sides sides, String release) {
    if (sides == null) {
      return release.isEmpty() ? Half.OWN : null;
    }
    if (release.equals(sides.from())) {
      return Half.OWN;
    }
    return release.equals(sides.to()) ? Half.OTHER : null;
  }

  private Future<Outcome> warm(WarmOrder order, WarmRequest asked, Served now, SideDraw draw) {
    return one(order, asked, now, draw)
        .otherwise(
            failure ->
                new Outcome(Result.FAILED, 0, false, 0, 0, String.valueOf(failure.getMessage())));
  }

  private Future<Outcome> one(WarmOrder order, WarmRequest asked, Served now, SideDraw draw) {
    try {
      return switch (Rehearsal.warming(asked, now, draw)) {
        case Rehearsal.AtModel model when asked.question() != null ->
            OfModel.read(model, asked.question()).compose(next -> atCache(order, next));
        case Rehearsal any when asked.question() != null && !(any instanceof Rehearsal.Over) ->
            notRouted("its rule asks no model");
        case Rehearsal any -> atCache(order, any);
      };
    } catch (ConfigException wrong) {
      return notRouted(wrong.getMessage());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private Future<Outcome> atCache(WarmOrder order, Rehearsal rehearsal) {
    return switch (rehearsal) {
      case Rehearsal.Over over -> notRouted(over.text());
      case Rehearsal.AtModel _ -> notRouted("its rule asks models");
      case Rehearsal.AtCache at when !order.route().equals(at.exchange().routeId()) ->
          notRouted("route " + at.exchange().routeId() + " takes it");
      case Rehearsal.AtCache at -> cache.warm(at.exchange(), at.origin(), order);
    };
  }

  private static Future<Outcome> notRouted(@Nullable String why) {
    return Future.succeededFuture(new Outcome(Result.NOT_ROUTED, 0, false, 0, 0, why));
  }

  private static <T> Future<T> refused(String reason, String path, String message) {
    return Future.failedFuture(new RefusedException(new Refusal(reason, path, message)));
  }
}
