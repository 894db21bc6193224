package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.warmgate.config.Admission;
import io.warmgate.config.CacheRule;
import io.warmgate.config.admin.ExplainRequest.Field;
import io.warmgate.config.admin.ExplainRequest.Origin;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.Explanation.Cached;
import io.warmgate.config.admin.Explanation.History;
import io.warmgate.config.admin.Explanation.Layer;
import io.warmgate.config.admin.Explanation.State;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.Credentials;
import io.warmgate.httpcache.rule.Vary;
import io.warmgate.server.cache.EquivalentLooks.Looked;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.Peek.Look;
import io.warmgate.server.cache.log.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link CachedRequest}'s way, looked at and not gone. */
record ExplainedRequest(CachedRequest request, CacheRule policy) {

  Future<Explained> explain(Origin origin) {
    Pass pass = request.beforeLookup();
    if (pass != null) {
      Cached cached = new Cached(policy, null, null, null, null);
      return new OriginTrial(request)
          .passed(origin, pass)
          .map(answer -> new Explained(Shown.decided(pass), cached, answer.orElse(null)));
    }
    HttpCache.Parts parts = request.parts();
    Fence fence = parts.log().purges().fence();
    EquivalentLooks looks = new EquivalentLooks(request, parts.layers().peek());
    Looked memory = looks.memory();
    return looks.redis(fence, memory).compose(redis -> explain(origin, memory, redis));
  }

  private Future<Explained> explain(Origin origin, Looked memory, Looked redis) {
    Spot used = used(memory, redis);
    CacheKey primary = used.primary();
    Found found = used.found();
    Decision decision = request.decide(found);
    Looked place = primary.equals(memory.primary()) ? memory : redis;
    Cached cached =
        new Cached(
            policy,
            key(found, place.query()),
            layer(memory.look()),
            layer(redis.look()),
            history(primary, found.key()));
    return new OriginTrial(request)
        .looked(origin, primary, found, decision)
        .map(answer -> new Explained(Shown.decided(decision), cached, answer.orElse(null)));
  }

  /** Memory answers alone where it can; else the later of both. */
  private Spot used(Looked memory, Looked redis) {
    State there = redis.look().state();
    boolean alone =
        there == State.NONE
            || there == State.AWAY
            || (memory.look().found().entry() != null
                && request.decide(memory.look().found()) instanceof Serve);
    return alone ? memory.spot() : CachedRequest.better(redis.spot(), memory.spot());
  }

  private Layer layer(Look look) {
    boolean asked = look.state() != State.NONE && look.state() != State.AWAY;
    StoredResponse entry = look.entry();
    return new Layer(
        look.state(),
        entry == null
            ? null
            : Shown.entry(entry, request.recipe().policy(), System.currentTimeMillis()),
        look.namedAt().isPresent() ? look.namedAt().getAsLong() : null,
        asked ? Shown.decided(request.decide(look.found())) : null);
  }

  private @Nullable History history(CacheKey primary, CacheKey key) {
    Admission admission = request.recipe().treatment().admission();
    Integer uses = admission.minUses() > 1 ? request.parts().uses().of(primary) : null;
    Optional<History> known =
        request.parts().layers().whyNotKept(key).map(why -> new History(Shown.why(why), uses));
    return known.orElse(uses == null ? null : new History(null, uses));
  }

  private Explanation.Key key(Found used, @Nullable String kept) {
    Recipe recipe = request.recipe();
    RequestView keyed = request.withFieldsOf(recipe.keyedFields());
    Target target = keyed.target();
    VariantIndex index = used.index();
    return new Explanation.Key(
        used.key().hex(),
        recipe.generation(),
        request.isPosted() ? "POST" : "GET",
        target.scheme(),
        target.authority(),
        Credentials.hiddenInPath(target.path()),
        kept == null ? null : Credentials.hiddenInQuery(kept),
        target.query() == null ? null : Credentials.hiddenInQuery(target.query()),
        normal(policy.headers(), keyed.fields()),
        cookies(keyed.fields()),
        request.partition(keyed.fields()),
        index == null ? List.of() : normal(index.names(), request.selecting(index.names())));
  }

  private static List<Field> normal(List<String> names, Fields request) {
    List<Field> shown = new ArrayList<>();
    for (String name : names) {
      String value = Vary.normalForm(name, request);
      if (value != null) {
        shown.add(Shown.field(name, value));
      }
    }
    return shown;
  }

  private List<Field> cookies(Fields keyed) {
    return request.recipe().policy().cookies().shown(keyed).entrySet().stream()
        .map(cookie -> Shown.field(cookie.getKey(), cookie.getValue()))
        .toList();
  }
}
