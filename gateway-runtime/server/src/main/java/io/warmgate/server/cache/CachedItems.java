package io.warmgate.server.cache;

import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.CacheStatus.Forward;
import io.warmgate.httpcache.CacheStatus.NotStored;
import io.warmgate.httpcache.CacheStatus.Stored;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.Age;
import io.warmgate.server.cache.ItemsElection.Waiting;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Items;
import io.warmgate.server.exchange.Observer.Part;
import io.warmgate.server.exchange.Observer.Span;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.exchange.Worth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The cache's way with a question of several items: each is looked up as a request of it alone is
 * ({@link CachedRequest}); those that are not there are asked for together ({@link ItemsFetch});
 * and all of them are one answer. Items of several models are never mixed: all are asked for then.
 */
final class CachedItems {
  private static final int AT_ONCE = ItemsFetch.AT_ONCE;

  private final HttpCache.Parts parts;
  private final Exchange exchange;
  private final Items asked;
  private final CachedRequest whole;
  private final List<AskedItem> items = new ArrayList<>();
  private final Context context =
      Objects.requireNonNull(Vertx.currentContext(), "on an event loop");

  /**
   * @param question that has several items
   */
  CachedItems(
      HttpCache.Parts parts,
      Recipe recipe,
      Exchange exchange,
      Origin origin,
      Question question,
      Items asked) {
    this.parts = parts;
    this.exchange = exchange;
    this.asked = asked;
    this.whole = new CachedRequest(parts, recipe, exchange, origin, new Inferred(question));
    for (Question one : asked.questions()) {
      Question item = question.keeping() == Question.Keeping.NOTHING ? one.unkept() : one;
      items.add(
          new AskedItem(
              new CachedRequest(parts, recipe, exchange, origin, new Inferred(item)),
              item.never()));
    }
  }

  Future<Void> answer() {
    whole.recipe().treatment().client().prepare(exchange.reply());
    Pass none = whole.beforeLookup();
    return none != null ? whole.pass(none) : look().compose(_ -> looked());
  }

  private Future<Void> looked() {
    long now = System.currentTimeMillis();
    parts.sightings().saw(whole, key(), items.getFirst().found(), now);
    return act(decisions(_ -> false));
  }

  /** The request as one: all that is said of it and of none of its items. */
  CachedRequest whole() {
    return whole;
  }

  List<AskedItem> items() {
    return items;
  }

  /**
   * What would be done with each item.
   *
   * @param isDue whether one that is served is to be asked for all the same
   */
  List<Decision> decisions(Predicate<Serve> isDue) {
    List<Decision> decisions = new ArrayList<>(items.size());
    for (AskedItem item : items) {
      Decision decision = item.decision();
      decisions.add(
          decision instanceof Serve serve && isDue.test(serve)
              ? item.anew(Reason.STALE)
              : decision);
    }
    return decisions;
  }

  /** Looks all of them up. */
  Future<Void> look() {
    Fence fence = parts.log().purges().fence();
    boolean inRedis = parts.layers().hasShared(fence);
    Span span = parts.observer().span(exchange, inRedis ? Part.L2 : Part.L1);
    return look(0, fence, inRedis).onComplete(_ -> span.end("items"));
  }

  private Future<Void> look(int from, Fence fence, boolean inRedis) {
    int to = Math.min(from + AT_ONCE, items.size());
    List<AskedItem> missing = new ArrayList<>();
    for (AskedItem item : items.subList(from, to)) {
      item.lookHere();
      if (item.isMissing()) {
        missing.add(item);
      }
    }
    Future<Boolean> looked =
        inRedis && !missing.isEmpty() ? there(missing, fence) : Future.succeededFuture(inRedis);
    return looked.compose(
        isThere ->
            to == items.size()
                ? Future.succeededFuture()
                : ItemsFetch.later(context, () -> look(to, fence, isThere)));
  }

  /** Whether Redis is worth being asked for more. */
  private Future<Boolean> there(List<AskedItem> missing, Fence fence) {
    long began = System.nanoTime();
    return parts
        .layers()
        .shared(
            missing.stream().map(AskedItem::primary).toList(),
            fence,
            whole.place(),
            System.currentTimeMillis())
        .map(
            found -> {
              parts.observer().took(Part.L2, System.nanoTime() - began);
              for (int i = 0; i < found.size(); i++) {
                missing.get(i).foundThere(found.get(i));
              }
              return true;
            })
        .otherwise(false);
  }

  /** Answers, as was decided of each. */
  Future<Void> act(List<Decision> decisions) {
    return act(decisions, Waiting.FOR_OTHERS);
  }

  private Future<Void> act(List<Decision> decisions, Waiting waiting) {
    return switch (ItemsDecision.of(decisions)) {
      case ItemsDecision.Served(Serve serve) ->
          joined(Map.of())
              .compose(answer -> answer.map(one -> hit(one, serve)).orElseGet(this::askAll));
      case ItemsDecision.Ask ask -> ask(ask, decisions, waiting);
      case ItemsDecision.Refused(Reason reason, int status) -> whole.refuse(reason, status);
    };
  }

  /** In one request, so that one model answers. */
  private Future<Void> askAll() {
    return act(
        items.stream().map(item -> item.anew(Reason.SEVERAL_MODELS)).toList(), Waiting.FOR_NOBODY);
  }

  /**
   * The items that are there, and those that came.
   *
   * @param came by their places
   */
  private Future<Optional<Worth.Instead>> joined(Map<Integer, Items.Answer> came) {
    List<Items.Answer> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Items.Answer answer = came.get(i);
      all.add(answer == null ? stored(items.get(i).entry()) : answer);
    }
    return asked.joined(all);
  }

  static Items.Answer stored(StoredResponse entry) {
    Bytes body = entry.whole();
    Buffer buffer = BufferInternal.buffer(Unpooled.wrappedBuffer(body.array()));
    return new Items.Answer(buffer, entry.fields());
  }

  private Future<Void> hit(Worth.Instead answer, Serve serve) {
    exchange.reason(serve.reason().token());
    long now = System.currentTimeMillis();
    StoredResponse oldest =
        items.stream()
            .map(AskedItem::entry)
            .max(Comparator.comparingLong(entry -> Age.current(entry.validity(), now)))
            .orElseThrow();
    Answers.fields(exchange.reply().headers(), oldest.fields(), serve.ageSeconds());
    return told(answer, CacheStatus.hit(serve));
  }

  private Future<Void> told(Worth.Instead answer, CacheStatus status) {
    MultiMap fields = exchange.reply().status(200).headers();
    answer.fields().forEach(fields::set);
    whole.mark(fields, status, key());
    return exchange.reply().end(answer.body());
  }

  /** To show: the first one's. */
  private CacheKey key() {
    return items.getFirst().primary();
  }

  private Future<Void> ask(ItemsDecision.Ask ask, List<Decision> decisions, Waiting waiting) {
    exchange.reason(ask.reason().token());
    AskedItem first = items.get(ask.places().getFirst());
    exchange.missed(parts.layers().memory().why(first.found(), System.currentTimeMillis()));
    return new ItemsElection(whole, items)
        .ask(ask.places(), decisions, waiting)
        .compose(
            outcome ->
                switch (outcome) {
                  case ItemsElection.Outcome.PassedOn(var response, Reason why) -> {
                    whole.mark(
                        response.headers(), forwarded(ask, notStored(why), false, null), key());
                    yield exchange.reply().stream(response);
                  }
                  case ItemsElection.Outcome.Came came -> came(ask, came);
                });
  }

  private CacheStatus.Kept notStored(Reason why) {
    exchange.notStored(why.token());
    return new NotStored(why);
  }

  private static CacheStatus forwarded(
      ItemsDecision.Ask ask, CacheStatus.Kept kept, boolean joined, @Nullable Long ttlSeconds) {
    return CacheStatus.forwarded(ask.reason(), new Forward(null, kept, joined), ttlSeconds);
  }

  private CacheStatus status(ItemsDecision.Ask ask, ItemsElection.Outcome.Came came) {
    Serve served = ask.served();
    Long ttl = came.ttlSeconds();
    ItemsFetch.Outcome.Came own = came.own();
    CacheStatus.Kept kept =
        own == null
            ? Stored.ELSEWHERE
            : own.notStored() == null ? Stored.HERE : notStored(own.notStored());
    return forwarded(
        ask,
        kept,
        came.joined(),
        served == null || ttl == null ? ttl : Long.valueOf(Math.min(ttl, served.ttlSeconds())));
  }

  private Future<Void> came(ItemsDecision.Ask ask, ItemsElection.Outcome.Came came) {
    CacheStatus status = status(ask, came);
    ItemsFetch.Outcome.Came own = came.own();
    if (own != null && own.each().size() == asked.asked()) {
      // It is the answer to what the client asked, as it stands.
      whole.mark(own.response().headers(), status, key());
      return exchange.reply().stream(own.response());
    }
    return joined(came.answers())
        .compose(
            answer ->
                answer
                    .map(
                        one -> {
                          partly(ask, own);
                          return told(one, status);
                        })
                    .orElseGet(() -> again(ask, came)));
  }

  /** The head of an answer of which not all came for this request. */
  private void partly(ItemsDecision.Ask ask, ItemsFetch.Outcome.@Nullable Came own) {
    MultiMap fields = exchange.reply().headers();
    if (own != null) {
      fields.addAll(own.response().headers());
    }
    Serve served = ask.served();
    if (served != null) {
      fields.set("age", Long.toString(served.ageSeconds()));
    }
  }

  /** What came now is of one model; what others brought, or the cache had, may be of another. */
  private Future<Void> again(ItemsDecision.Ask ask, ItemsElection.Outcome.Came came) {
    return ask.served() == null && !came.joined()
        ? Future.failedFuture(new IllegalStateException("one answer is of several models"))
        : askAll();
  }
}
