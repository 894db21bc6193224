package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.warmgate.config.CacheRule.OnLogLoss;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Forward;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Refuse;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.Decision.ServeAndRevalidate;
import io.warmgate.httpcache.Decision.Validate;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.AcceptEncoding;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.SearchVariance;
import io.warmgate.httpcache.rule.MostRecent;
import io.warmgate.httpcache.rule.RangeReuse;
import io.warmgate.httpcache.rule.Reuse;
import io.warmgate.httpcache.rule.StoreDecision;
import io.warmgate.httpcache.rule.Validation;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.Layers.Place;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Observer.Part;
import io.warmgate.server.exchange.Observer.Span;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.filter.Forwarding;
import io.warmgate.server.uri.Target;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cache's way with one request: is it one for the cache; look in L1, then in L2; serve, or ask
 * the origin ({@link Fetch}), or pass it on untouched.
 */
final class CachedRequest {
  private static final String SHOW_KEY = "cache-key";

  private final HttpCache.Parts parts;
  private final Recipe recipe;
  private final Exchange exchange;
  private final Origin origin;
  private final @Nullable Told told;
  private final RequestView asked;
  private final RequestView view;
  private final Place place;
  private @Nullable OriginRequest asForwarded;
  private @Nullable CacheKey own;
  private @Nullable EquivalentUrls equivalents;

  /**
   * @param told what a POST asks that is taken for a question; null: any other request
   */
  CachedRequest(
      HttpCache.Parts parts, Recipe recipe, Exchange exchange, Origin origin, @Nullable Told told) {
    this.told = told;
    this.parts = parts;
    this.recipe = recipe;
    this.exchange = exchange;
    this.origin = origin;
    Target target = exchange.target();
    this.asked = asked(exchange);
    this.view = view(asked, told, recipe);
    this.place = new Place(target.host(), view.target().path());
  }

  private static RequestView view(RequestView asked, @Nullable Told told, Recipe recipe) {
    return switch (told) {
      case null -> asked;
      case Posted _ -> new RequestView("GET", asked.target(), asked.fields(), false);
      case Inferred inferred -> inferred.view(asked, recipe.keyedFields());
    };
  }

  /** The request as its client sent it, in the cache's eyes. */
  static RequestView asked(Exchange exchange) {
    Target target = exchange.target();
    return new RequestView(
        exchange.request().method().name(),
        new RequestView.Target(target.scheme(), target.authority(), target.path(), target.query()),
        new RequestFields(exchange.request().headers()),
        exchange.hasContent());
  }

  Future<Void> answer() {
    recipe.treatment().client().prepare(exchange.reply());
    Pass none = beforeLookup();
    if (none != null) {
      return pass(none);
    }
    Fence fence = parts.log().purges().fence();
    CacheKey primary = primary();
    long now = System.currentTimeMillis();
    Span span = parts.observer().span(exchange, Part.L1);
    // One millisecond in 64: the clock is read twice, which a hit would notice.
    boolean timed = (now & 63) == 0;
    long began = timed ? System.nanoTime() : 0;
    Found local = parts.layers().local(primary, place, this::selecting);
    if (timed) {
      parts.observer().took(Part.L1, System.nanoTime() - began);
    }
    span.end(local.entry() == null ? local.why().token() : "found");
    Future<Void> hit = fromMemory(primary, local, now);
    if (hit != null) {
      return hit;
    }
    Spot spot = new Spot(primary, local);
    if (local.entry() == null) {
      spot = equivalents().inMemory(spot);
      hit = fromMemory(spot.primary(), spot.found(), now);
      if (hit != null) {
        return hit;
      }
    }
    return parts.layers().hasShared(fence) ? askShared(spot, fence) : act(spot);
  }

  /** Null where what was found may not be served as it is. */
  private @Nullable Future<Void> fromMemory(CacheKey primary, Found found, long now) {
    StoredResponse entry = found.entry();
    if (entry == null
        || !(Reuse.decide(view, entry, recipe.policy(), now) instanceof Serve serve)) {
      return null;
    }
    exchange.reason(serve.reason().token());
    parts.sightings().saw(this, primary, found, now);
    CacheStatus status = shown(CacheStatus.hit(serve), found.key());
    recipe.treatment().client().decided(exchange.reply(), status);
    return andRefresh(
        Answers.local(exchange.reply(), view.fields(), entry, serve, status, found.head()),
        primary,
        found,
        entry);
  }

  /** Why the request is none for the cache; null: it is, and is looked up. */
  @Nullable Pass beforeLookup() {
    Reason never = told == null ? null : told.never();
    if (never != null) {
      return new Pass(never, never);
    }
    Optional<Pass> none = Reuse.beforeLookup(view);
    if (none.isPresent()) {
      return none.get();
    }
    if (told == null && !recipe.treatment().methods().contains(view.method())) {
      return new Pass(Reason.METHOD, Reason.METHOD);
    }
    Pass personal = recipe.callers().beforeLookup(exchange.caller());
    if (personal != null) {
      return personal;
    }
    if (recipe.treatment().bypasses(asked)) {
      return new Pass(Reason.BYPASS, Reason.BYPASS);
    }
    return recipe.onLogLoss() == OnLogLoss.BYPASS
            && parts.log().unverifiedMillis() > recipe.maxUnverifiedMillis()
        ? new Pass(Reason.LOG_LOST, Reason.LOG_LOST)
        : null;
  }

  /** Whether nothing that it brings is kept: by the client's word, as the policy has it. */
  private boolean isUnkept() {
    return recipe.treatment().forbidsStoring(asked) || (told != null && told.isUnkept());
  }

  /** After the answer, where a hot entry is about to end. */
  private Future<Void> andRefresh(
      Future<Void> answered, CacheKey primary, Found found, StoredResponse entry) {
    if (isUnkept() || !recipe.treatment().refreshesEarly(view, entry.validity())) {
      return answered;
    }
    Revalidation refresh =
        new Revalidation(this, primary, found, conditions(Validation.conditions(entry)));
    return answered.onComplete(_ -> refresh.begin());
  }

  /** The key of the URL as it is. */
  CacheKey primary() {
    CacheKey known = own;
    if (known == null) {
      RequestView keyed = withFieldsOf(recipe.keyedFields());
      known = ofContent(recipe.keys().primary(keyed, partition(keyed.fields())));
      own = known;
    }
    return known;
  }

  /**
   * Whose the answer is; null: everybody's. Credentials count as the client sent them: the backend
   * may get none.
   *
   * @param keyed the request's fields as they are keyed
   */
  @Nullable String partition(Fields keyed) {
    return recipe.callers().partition() != null
        ? recipe.callers().of(exchange.caller())
        : recipe.partition().of(recipe.callers().hidesCredentials() ? view.fields() : keyed);
  }

  /** The key of the URL's canonical form. */
  CacheKey primary(SearchVariance variance) {
    RequestView keyed = withFieldsOf(recipe.keyedFields());
    return ofContent(recipe.keys().primary(keyed, partition(keyed.fields()), variance));
  }

  private CacheKey ofContent(CacheKey key) {
    return told == null ? key : told.key(key, selecting(Posted.OF_CONTENT));
  }

  /** Where it is said what answers of the path say of their queries. */
  CacheKey searches() {
    Fields keyed = withFieldsOf(recipe.keyedFields()).fields();
    return recipe.keys().searches(view.target(), partition(keyed));
  }

  /** What the policy leaves of the query; null: nothing. */
  @Nullable String keptQuery() {
    return recipe.keys().kept(view.target().query());
  }

  /** Where answers to URLs lie that are this one's equivalents. */
  EquivalentUrls equivalents() {
    EquivalentUrls made = equivalents;
    if (made == null) {
      made = new EquivalentUrls(this);
      equivalents = made;
    }
    return made;
  }

  private Future<Void> askShared(Spot local, Fence fence) {
    Span span = parts.observer().span(exchange, Part.L2);
    long began = System.nanoTime();
    return inRedis(local, fence)
        .onSuccess(_ -> parts.observer().took(Part.L2, System.nanoTime() - began))
        .otherwise(_ -> local)
        .compose(
            spot -> {
              Found found = spot.found();
              span.end(found.entry() == null ? found.why().token() : "found");
              return act(better(spot, local));
            });
  }

  /** Where memory has an answer that may not be served, a newer one would lie under its key. */
  private Future<Spot> inRedis(Spot local, Fence fence) {
    if (local.found().entry() == null) {
      return equivalents().inRedis(fence);
    }
    CacheKey primary = local.primary();
    return parts
        .layers()
        .shared(primary, fence, place, this::selecting, System.currentTimeMillis())
        .map(found -> new Spot(primary, found));
  }

  /** Of two keys the one that Redis knows of: what it has not, memory does not have either. */
  static Spot better(Spot shared, Spot local) {
    return shared.primary().equals(local.primary())
        ? new Spot(local.primary(), better(shared.found(), local.found()))
        : shared;
  }

  /** The later answer; where Redis knows none, what memory has. */
  static Found better(Found shared, Found local) {
    StoredResponse theirs = shared.entry();
    StoredResponse mine = local.entry();
    if (theirs == null || mine == null) {
      return theirs == null && (mine != null || local.index() != null) ? local : shared;
    }
    return MostRecent.isLater(mine, theirs) ? local : shared;
  }

  private Future<Void> act(Spot spot) {
    CacheKey primary = spot.primary();
    Found found = spot.found();
    StoredResponse entry = found.entry();
    if (entry == null && told == null && RangeReuse.concerns(view)) {
      return new RangeRequest(this, primary, found).answer();
    }
    parts.sightings().saw(this, primary, found, System.currentTimeMillis());
    return switch (decide(found)) {
      case Serve serve -> serve(entry, serve, CacheStatus.hit(serve), found.key());
      case ServeAndRevalidate(Serve serve, FieldList conditions) -> {
        Revalidation revalidation = new Revalidation(this, primary, found, conditions(conditions));
        yield serve(entry, serve, CacheStatus.hit(serve), found.key())
            .onComplete(_ -> revalidation.begin());
      }
      case Refuse(Reason reason, int status) -> refuse(reason, status);
      case Pass pass -> pass(pass);
      case Forward(Reason reason) -> fetch(primary, found, reason, FieldList.EMPTY);
      case Validate(Reason reason, FieldList conditions) ->
          fetch(primary, found, reason, conditions(conditions));
    };
  }

  private Future<Void> fetch(CacheKey primary, Found found, Reason reason, FieldList validators) {
    exchange.missed(parts.layers().memory().why(found, System.currentTimeMillis()));
    return new Fetch(this, primary, found, reason, validators).answer();
  }

  /** What is done with the request, given what was found. */
  Decision decide(Found found) {
    StoredResponse entry = found.entry();
    Decision decided =
        entry == null
            ? Reuse.miss(view, found.why())
            : Reuse.decide(view, entry, recipe.policy(), System.currentTimeMillis());
    return isUnkept() ? Reuse.withoutStoring(decided) : decided;
  }

  /** Answers from an entry. */
  Future<Void> serve(
      @Nullable StoredResponse entry, Serve serve, CacheStatus status, CacheKey key) {
    exchange.reason(serve.reason().token());
    Objects.requireNonNull(entry, "an entry is served");
    if (entry.body() instanceof ChunkedBody chunked) {
      ChunkedAnswer answer = new ChunkedAnswer(this, entry, chunked, serve, status, key);
      if (serve.form() == Decision.Plain.WHOLE) {
        return answer.whole();
      }
      if (serve.form() instanceof Decision.Part part) {
        return answer.part(part);
      }
    }
    recipe.treatment().client().decided(exchange.reply(), status);
    return Answers.entry(exchange.reply(), view.fields(), entry, serve, shown(status, key));
  }

  /** As if Redis had nothing: of what it has some is missing. */
  Future<Void> withoutShared() {
    CacheKey primary = primary();
    Spot own = new Spot(primary, parts.layers().local(primary, place, this::selecting));
    return act(own.found().entry() == null ? equivalents().inMemory(own) : own);
  }

  /** Appends what became of the request to an answer's fields. */
  void mark(MultiMap headers, CacheStatus status, CacheKey key) {
    recipe.treatment().client().decided(exchange.reply(), status);
    Answers.mark(headers, shown(status, key));
  }

  /** The policy that answers to this request are stored by. */
  CachingPolicy storing(CacheKey primary) {
    return recipe.treatment().storing(recipe.policy(), primary);
  }

  /** What is decided of an answer, in the end. */
  StoreDecision judged(StoreDecision decision) {
    return told == null ? decision : told.judged(decision);
  }

  /** How the origin is asked what the cache sees as that. */
  HttpMethod method(RequestView seen) {
    return told == null ? HttpMethod.valueOf(seen.method()) : HttpMethod.POST;
  }

  /** RFC 9211 §2.7: key and partition are for whoever asks for them, as digests. */
  private CacheStatus shown(CacheStatus status, CacheKey key) {
    return SHOW_KEY.equals(view.fields().first(Forwarding.DEBUG))
        ? status.withKey(key.hex()).withPartition(key.partition())
        : status;
  }

  /**
   * RFC 9211 §2: no {@code Cache-Status} on an answer that the gateway makes up without an entry.
   */
  Future<Void> refuse(Reason reason, int status) {
    exchange.reason(reason.token());
    exchange.reply().status(status);
    return exchange.reply().end();
  }

  /** To the origin and back, as it is; what an unsafe method makes stale is purged on the way. */
  Future<Void> pass(Pass pass) {
    exchange.reason(pass.reason().token());
    exchange.notStored(pass.notStored().token());
    OriginCall call = origin.fetch(originRequest());
    return exchange.reply().stream(new SeenCall(call, response -> passed(pass, response)));
  }

  /** RFC 9110 §13.1.2: a condition on a POST is no question whether an entry is still right. */
  private FieldList conditions(FieldList validators) {
    return told == null ? validators : FieldList.EMPTY;
  }

  /** A new request to the backend, with the content that was read where it was. */
  OriginRequest originRequest() {
    OriginRequest template = exchange.originRequest();
    return told == null ? template : told.asked(template);
  }

  private Future<OriginResponse> passed(Pass pass, OriginResponse response) {
    CacheStatus.Kept notStored = new CacheStatus.NotStored(pass.notStored());
    Answers.mark(
        response.headers(),
        CacheStatus.forwarded(
            pass.reason(), new CacheStatus.Forward(null, notStored, false), null));
    return afterPurge(response);
  }

  /** The answer, once what an unsafe request made stale is purged: a model changes nothing. */
  Future<OriginResponse> afterPurge(OriginResponse response) {
    return told instanceof Inferred
        ? Future.succeededFuture(response)
        : new UnsafeChange(parts, exchange, asked).purged(response);
  }

  /** The request with those fields as they are keyed: the backend's where they are changed. */
  RequestView withFieldsOf(List<String> names) {
    boolean coded = names.contains(AcceptEncoding.FIELD);
    if (recipe.asSent(names) && !coded) {
      return view;
    }
    Fields fields = recipe.asSent(names) ? view.fields() : forwarded();
    return new RequestView(
        view.method(),
        view.target(),
        coded ? AcceptEncoding.selecting(fields) : fields,
        view.hasContent());
  }

  /** The fields by which one of several answers is selected: as the backend gets them. */
  Fields selecting(List<String> names) {
    Fields fields = recipe.asSent(names) ? view.fields() : forwarded();
    Fields clear = names.contains("cookie") ? recipe.policy().cookies().selecting(fields) : fields;
    return names.contains(AcceptEncoding.FIELD) ? AcceptEncoding.selecting(clear) : clear;
  }

  private Fields forwarded() {
    if (asForwarded == null) {
      asForwarded = exchange.originRequest();
    }
    return new HeaderFields(asForwarded.headers());
  }

  /**
   * What the origin is asked for an answer that may be kept: query parameters that the key leaves
   * out are left out here too, or who asks first would choose them for everybody; content codings
   * are asked for in the form that variants are selected by.
   */
  OriginRequest shareable() {
    OriginRequest all = originRequest();
    Target target = all.target().withQuery(recipe.keys().kept(all.target().query()));
    String codings = AcceptEncoding.canonical(all.headers().getAll(AcceptEncoding.FIELD));
    if (codings != null) {
      all.headers().set(AcceptEncoding.FIELD, codings);
    }
    return new OriginRequest(all.method(), target, all.headers(), all.body());
  }

  /** Whether it is a POST that is taken for a question. */
  boolean isPosted() {
    return told != null;
  }

  HttpCache.Parts parts() {
    return parts;
  }

  Recipe recipe() {
    return recipe;
  }

  Exchange exchange() {
    return exchange;
  }

  Origin origin() {
    return origin;
  }

  RequestView view() {
    return view;
  }

  Place place() {
    return place;
  }
}
