package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.entry.SearchIndex;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.NoVarySearch;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.log.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer to one request lies, given that its URL may be equivalent to others by what
 * answers say themselves ({@code No-Vary-Search}).
 *
 * <p><b>Each answer lies under the key that {@link #keyOf} gives for its own fields</b>: that of
 * the canonical form of its query, or of the query as it is. So what is found under a request's own
 * key is right without a look at the field, and a request that finds nothing there looks under the
 * canonical keys by what is known of the path ({@link SearchIndexes}); what it finds there it may
 * use if its key for that answer's fields is the one where the answer lies.
 */
final class EquivalentUrls {
  private final CachedRequest request;
  private final Layers layers;

  EquivalentUrls(CachedRequest request) {
    this.request = request;
    this.layers = request.parts().layers();
  }

  /** Under which key this request finds an answer with those fields. */
  CacheKey keyOf(Fields answer) {
    return NoVarySearch.of(answer).map(request::primary).orElseGet(request::primary);
  }

  /** Whether what lies under a key is an answer to this request. */
  boolean isAnswered(StoredResponse entry, CacheKey under) {
    return keyOf(entry.fields()).equals(under);
  }

  /** Keeps in mind what an answer says that is being kept for so long. */
  void learn(Fields answer, Fence fence, long retentionMillis) {
    NoVarySearch.of(answer)
        .ifPresent(
            variance ->
                layers.searches().learn(request.searches(), variance, fence, retentionMillis));
  }

  /**
   * The keys of the canonical forms of this request's query, each once, the newest variance's
   * first; its own may be among them.
   */
  List<CacheKey> keys(SearchIndex index) {
    return index.variances().stream().map(request::primary).distinct().toList();
  }

  /**
   * Looks on in memory.
   *
   * @param own where nothing was found
   * @return what is under another key; else what a fetch is to be shared by: the key of the newest
   *     variance, as far as one is known
   */
  Spot inMemory(Spot own) {
    SearchIndex index = mayHaveOthers() ? layers.searches().inMemory(request.searches()) : null;
    if (index == null) {
      return own;
    }
    @Nullable Spot first = null;
    for (CacheKey key : keys(index)) {
      Spot spot =
          key.equals(own.primary())
              ? own
              : checked(new Spot(key, layers.local(key, request.place(), request::selecting)));
      if (spot.found().entry() != null) {
        return spot;
      }
      first = first == null ? spot : first;
    }
    return first == null ? own : first;
  }

  /** Looks in Redis, under the request's own key and then the others. Fails where it is away. */
  Future<Spot> inRedis(Fence fence) {
    return inRedis(fence, layers.searches()::find);
  }

  /** The same, for who knows that another pod has just stored something. */
  Future<Spot> storedInRedis(Fence fence) {
    return inRedis(fence, layers.searches()::findNow);
  }

  private Future<Spot> inRedis(
      Fence fence, BiFunction<CacheKey, Fence, Future<@Nullable SearchIndex>> known) {
    CacheKey own = request.primary();
    return underKey(own, fence)
        .compose(
            spot ->
                spot.found().entry() != null || !mayHaveOthers()
                    ? Future.succeededFuture(spot)
                    : known
                        .apply(request.searches(), fence)
                        .compose(
                            index ->
                                index == null
                                    ? Future.succeededFuture(spot)
                                    : among(new ArrayList<>(keys(index)), spot, null, fence)));
  }

  private Future<Spot> among(List<CacheKey> left, Spot own, @Nullable Spot first, Fence fence) {
    if (left.isEmpty()) {
      return Future.succeededFuture(first == null ? own : first);
    }
    CacheKey key = left.removeFirst();
    Future<Spot> next =
        key.equals(own.primary())
            ? Future.succeededFuture(own)
            : underKey(key, fence).map(this::checked);
    return next.compose(
        spot ->
            spot.found().entry() != null
                ? Future.succeededFuture(spot)
                : among(left, own, first == null ? spot : first, fence));
  }

  private Future<Spot> underKey(CacheKey key, Fence fence) {
    long now = System.currentTimeMillis();
    return layers
        .shared(key, fence, request.place(), request::selecting, now)
        .map(found -> new Spot(key, found));
  }

  /** Without an entry that is another URL's. */
  private Spot checked(Spot spot) {
    Found found = spot.found();
    StoredResponse entry = found.entry();
    return entry == null || isAnswered(entry, spot.primary())
        ? spot
        : new Spot(spot.primary(), new Found(found.key(), found.index(), null, found.why()));
  }

  /** No query is its own canonical form by whatever variance. */
  private boolean mayHaveOthers() {
    return request.keptQuery() != null;
  }
}
