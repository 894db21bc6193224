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
    CacheKey primary = request.primary();
    HttpCache.Parts parts = request.parts();
    Fence fence = parts.log().purges().fence();
    Peek peek = parts.layers().peek();
    Look memory = peek.memory(primary, request.place(), request::selecting);
    return peek.redis(primary, fence, request.place(), request::selecting)
        .compose(redis -> explain(origin, primary, memory, redis));
  }

  private Future<Explained> explain(Origin origin, CacheKey primary, Look memory, Look redis) {
    Found used = used(memory, redis);
    Decision decision = request.decide(used);
    Cached cached =
        new Cached(policy, key(used), layer(memory), layer(redis), history(primary, used.key()));
    return new OriginTrial(request)
        .looked(origin, primary, used, decision)
        .map(answer -> new Explained(Shown.decided(decision), cached, answer.orElse(null)));
  }

  /** Memory answers alone where it can; else the later of both. */
  private Found used(Look memory, Look redis) {
    boolean alone =
        redis.state() == State.NONE
            || redis.state() == State.AWAY
            || (memory.found().entry() != null && request.decide(memory.found()) instanceof Serve);
    return alone ? memory.found() : CachedRequest.better(redis.found(), memory.found());
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

  private Explanation.Key key(Found used) {
    Recipe recipe = request.recipe();
    RequestView keyed = request.withFieldsOf(recipe.keyedFields());
    Target target = keyed.target();
    VariantIndex index = used.index();
    String kept = recipe.keys().kept(target.query());
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
        recipe.partition().of(keyed.fields()),
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
