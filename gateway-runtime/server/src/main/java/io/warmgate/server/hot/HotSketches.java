package io.warmgate.server.hot;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What this pod is asked most for. Each event loop counts for itself, and is asked on itself, so
 * that counting takes no lock.
 */
public final class HotSketches {
  /** Of all event loops and routes together, in bytes. */
  private static final long ROOM = 8 << 20;

  private final long roomOfOne;
  private final List<Piece> pieces = new CopyOnWriteArrayList<>();
  private final ThreadLocal<Piece> mine = ThreadLocal.withInitial(this::piece);

  /** One event loop's. */
  private static final class Piece {
    final Context context;
    final HotRoom room;
    final Map<String, HotSketch> routes = new HashMap<>();
    private volatile int size;

    Piece(Context context, HotRoom room) {
      this.context = context;
      this.room = room;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void grew(int more) {
      size += more;
    }
  }

  /**
   * @param eventLoops how many there are
   */
  public HotSketches(int eventLoops) {
    this.roomOfOne = ROOM / eventLoops;
  }

  private Piece piece() {
    Context context = Objects.requireNonNull(Vertx.currentContext(), "on an event loop");
    Piece piece = new Piece(context, new HotRoom(roomOfOne));
    pieces.add(piece);
    return piece;
  }

  /** A route's sketch in this event loop. */
  public HotSketch of(String route, long nowMillis) {
    Piece piece = mine.get();
    HotSketch sketch = piece.routes.get(route);
    if (sketch == null) {
      sketch = new HotSketch(piece.room, nowMillis);
      piece.routes.put(route, sketch);
    }
    return sketch;
  }

  /** A request that can be made again, in a sketch of this event loop. */
  public void listed(HotSketch sketch, int counts, Sighting sighting) {
    Piece piece = mine.get();
    int before = sketch.size();
    sketch.listed(counts, Sighting.id(sighting.request()), sighting);
    piece.grew(sketch.size() - before);
  }

  /** Routes that are no more are forgotten. */
  public Future<Void> retain(Set<String> routes) {
    return onEach(
        piece -> {
          piece.routes.forEach(
              (route, sketch) -> {
                if (!routes.contains(route)) {
                  sketch.clear();
                }
              });
          piece.routes.keySet().retainAll(routes);
          piece.size = piece.routes.values().stream().mapToInt(HotSketch::size).sum();
        });
  }

  /** What all event loops saw of a route until now. */
  public Future<HotView> view(String route, long nowMillis) {
    ConcurrentMap<String, HotView> merged = new ConcurrentHashMap<>();
    merged.put(route, new HotView(route));
    return onEach(
            piece -> {
              HotSketch sketch = piece.routes.get(route);
              if (sketch != null) {
                merged.merge(route, sketch.view(route, nowMillis), HotView::and);
              }
            })
        .map(_ -> Objects.requireNonNull(merged.get(route)));
  }

  /** What all event loops saw of every route until now: one a route that was asked at all. */
  public Future<List<HotView>> views(long nowMillis) {
    ConcurrentMap<String, HotView> merged = new ConcurrentHashMap<>();
    return onEach(
            piece ->
                piece.routes.forEach(
                    (route, sketch) ->
                        merged.merge(route, sketch.view(route, nowMillis), HotView::and)))
        .map(_ -> List.copyOf(merged.values()));
  }

  private Future<Void> onEach(Consumer<Piece> action) {
    List<Future<Void>> done = new ArrayList<>();
    for (Piece piece : pieces) {
      Promise<Void> promise = Promise.promise();
      done.add(promise.future());
      piece.context.runOnContext(
          _ -> {
            action.accept(piece);
            promise.complete();
          });
    }
    return Future.join(done).mapEmpty();
  }

  /** Requests that are counted each for itself. */
  public int size() {
    return pieces.stream().mapToInt(piece -> piece.size).sum();
  }

  /** What they take, an estimate in bytes. */
  public long bytes() {
    return pieces.stream().mapToLong(piece -> piece.room.taken()).sum();
  }
}
