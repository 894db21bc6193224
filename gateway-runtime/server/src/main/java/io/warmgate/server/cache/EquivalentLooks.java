package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.warmgate.config.admin.Explanation.State;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.SearchIndex;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.SearchVariance;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.Peek.Look;
import io.warmgate.server.cache.log.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@link EquivalentUrls}' way, looked at and not gone. */
record EquivalentLooks(CachedRequest request, Peek peek) {

  /**
   * What was seen, and where.
   *
   * @param query as it is in the key; null: none
   */
  record Looked(CacheKey primary, @Nullable String query, Look look) {
    Spot spot() {
      return new Spot(primary, look.found());
    }

    private boolean hasEntry() {
      return look.found().entry() != null;
    }
  }

  Looked memory() {
    Looked own = own(inMemory(request.primary()));
    SearchIndex index =
        own.hasEntry() || own.query() == null ? null : peek.searches(request.searches());
    if (index == null) {
      return own;
    }
    @Nullable Looked first = null;
    for (SearchVariance variance : index.variances()) {
      CacheKey key = request.primary(variance);
      Looked looked = key.equals(own.primary()) ? own : at(key, variance, inMemory(key));
      if (looked.hasEntry()) {
        return looked;
      }
      first = first == null ? looked : first;
    }
    return first == null ? own : first;
  }

  /**
   * @param memory where that has an entry, Redis is looked at under its key alone
   */
  Future<Looked> redis(Fence fence, Looked memory) {
    if (memory.hasEntry()) {
      return inRedis(memory.primary(), fence)
          .map(look -> new Looked(memory.primary(), memory.query(), look));
    }
    return inRedis(request.primary(), fence)
        .map(this::own)
        .compose(
            own ->
                own.hasEntry() || own.query() == null
                    ? Future.succeededFuture(own)
                    : peek.searches(request.searches(), fence)
                        .compose(
                            index ->
                                index == null
                                    ? Future.succeededFuture(own)
                                    : among(new ArrayList<>(index.variances()), own, null, fence)));
  }

  private Future<Looked> among(
      List<SearchVariance> left, Looked own, @Nullable Looked first, Fence fence) {
    if (left.isEmpty()) {
      return Future.succeededFuture(first == null ? own : first);
    }
    SearchVariance variance = left.removeFirst();
    CacheKey key = request.primary(variance);
    Future<Looked> next =
        key.equals(own.primary())
            ? Future.succeededFuture(own)
            : inRedis(key, fence).map(look -> at(key, variance, look));
    return next.compose(
        looked ->
            looked.hasEntry()
                ? Future.succeededFuture(looked)
                : among(left, own, first == null ? looked : first, fence));
  }

  private Look inMemory(CacheKey key) {
    return peek.memory(key, request.place(), request::selecting);
  }

  private Future<Look> inRedis(CacheKey key, Fence fence) {
    return peek.redis(key, fence, request.place(), request::selecting);
  }

  private Looked own(Look look) {
    return new Looked(request.primary(), request.keptQuery(), look);
  }

  /** Another URL's entry is none. */
  private Looked at(CacheKey key, SearchVariance variance, Look look) {
    StoredResponse entry = look.entry();
    Found found = look.found();
    Look mine =
        entry == null || request.equivalents().isAnswered(entry, key)
            ? look
            : new Look(
                State.NOTHING,
                new Found(found.key(), found.index(), null, Reason.NOTHING_FOUND),
                null,
                OptionalLong.empty());
    return new Looked(key, variance.canonical(request.keptQuery()), mine);
  }
}
