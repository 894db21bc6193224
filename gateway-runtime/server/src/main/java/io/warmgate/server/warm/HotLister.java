package io.warmgate.server.warm;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.warmgate.config.BackendRef;
import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.HotRequests.Hot;
import io.warmgate.server.cache.HttpCache;
import io.warmgate.server.cache.HttpCache.Keyed;
import io.warmgate.server.exchange.Rehearsal;
import io.warmgate.server.exchange.Served;
import io.warmgate.server.hot.HotView;
import io.warmgate.server.hot.Sighting;
import io.warmgate.server.routing.Sides;
import io.warmgate.server.routing.Sides.Half;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists what was asked for most, and of that only what would be the same again: each request is
 * rehearsed, and left out where it comes to another route or another key than it came to. That
 * takes its time, beside the event loops.
 */
record HotLister(Vertx vertx, HttpCache cache) {

  Future<HotRequests> list(String route, int top, Served served) {
    return cache
        .hot()
        .view(route, System.currentTimeMillis())
        .compose(view -> vertx.executeBlocking(() -> list(view, top, served), false));
  }

  HotRequests list(HotView view, int top, Served served) {
    List<Hot> hot = new ArrayList<>();
    for (HotView.Line line : view.heaviest()) {
      if (hot.size() >= top) {
        break;
      }
      if (isSame(line.sighting(), view.route(), served)) {
        hot.add(new Hot(line.sighting().request(), line.weight()));
      }
    }
    return new HotRequests(view.route(), view.total(), view.partitioned(), hot);
  }

  /** Of a release that is no more only the route is left to compare. */
  private boolean isSame(Sighting seen, String route, Served served) {
    Sides sides = served.routes().sides(route);
    List<Half> halves = sides == null ? List.of(Half.OWN) : List.of(Half.OWN, Half.OTHER);
    boolean some = false;
    for (Half half : halves) {
      if (Rehearsal.warming(seen.request(), served, Warmer.draw(route, half))
              instanceof Rehearsal.AtCache at
          && route.equals(at.exchange().routeId())) {
        Optional<Keyed> keyed = cache.keyed(at.exchange(), at.origin());
        if (keyed.isPresent() && isOf(at.exchange().backend(), seen)) {
          return seen.keyId() == keyed.get().id() && seen.varied().equals(keyed.get().varied());
        }
        some |= keyed.isPresent();
      }
    }
    return some;
  }

  private static boolean isOf(@Nullable BackendRef backend, Sighting seen) {
    return backend != null && backend.generation().equals(seen.generation());
  }
}
