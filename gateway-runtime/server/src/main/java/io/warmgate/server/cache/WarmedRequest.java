package io.warmgate.server.cache;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.warmgate.config.Admission;
import io.warmgate.config.Price;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmOrder.Action;
import io.warmgate.config.admin.WarmReport.Cost;
import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Forward;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Refuse;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.Decision.ServeAndRevalidate;
import io.warmgate.httpcache.Decision.Validate;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.LinkField;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.ReasonText;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.Freshness;
import io.warmgate.httpcache.rule.Validation;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.exchange.Inference;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@link CachedRequest}'s way, for a request that nobody waits for. What Redis has is copied into
 * memory; where a backend has to be asked it is done by the same {@link Fetch}, so that clients who
 * ask the same meanwhile join it. It counts as no use, but for what the policy keeps once it was
 * asked for often enough: whoever has it warmed says that it is.
 */
final class WarmedRequest {
  private final CachedRequest request;
  private final @Nullable CachedItems items;
  private final Layers layers;
  private final WarmOrder order;
  private final Action action;
  private final long began = System.nanoTime();
  private long head;

  /**
   * @param order where an entry is stale when it ends, {@link Action#REFRESH} asks anew
   */
  WarmedRequest(CachedRequest request, WarmOrder order) {
    this(request, null, order);
  }

  /** The same of a question of several items. */
  WarmedRequest(CachedItems items, WarmOrder order) {
    this(items.whole(), items, order);
  }

  private WarmedRequest(CachedRequest request, @Nullable CachedItems items, WarmOrder order) {
    this.request = request;
    this.items = items;
    this.layers = request.parts().layers();
    this.order = order;
    this.action = order.action();
    request.exchange().reply().filter(_ -> head = System.nanoTime());
  }

  /** The request is none for the cache. */
  static Outcome notCached(Reason why) {
    return new Outcome(Result.NOT_ROUTED, 0, false, 0, 0, ReasonText.of(why).text());
  }

  Future<Outcome> run() {
    Pass none = request.beforeLookup();
    if (none != null) {
      return Future.succeededFuture(
          none.reason() == Reason.LOG_LOST ? failed(none.reason()) : notCached(none.reason()));
    }
    if (items != null) {
      return items.look().compose(_ -> act(items));
    }
    CacheKey primary = request.primary();
    Fence fence = request.parts().log().purges().fence();
    Found local = layers.local(primary, request.place(), request::selecting);
    if (isEnough(local) || !layers.hasShared(fence)) {
      return act(primary, local);
    }
    return layers
        .shared(primary, fence, request.place(), request::selecting, System.currentTimeMillis())
        .transform(
            shared -> {
              if (shared.failed() && action == Action.CERTIFY) {
                return Future.succeededFuture(failed("Redis did not answer in time"));
              }
              return act(
                  primary, shared.failed() ? local : CachedRequest.better(shared.result(), local));
            });
  }

  /** Whether what memory has says it all. */
  private boolean isEnough(Found found) {
    StoredResponse entry = found.entry();
    return entry != null && request.decide(found) instanceof Serve && !isDue(entry);
  }

  private boolean isDue(StoredResponse entry) {
    return action == Action.REFRESH && fresh(entry) <= order.timeoutMillis();
  }

  private Future<Outcome> act(CacheKey primary, Found found) {
    StoredResponse entry = found.entry();
    return switch (request.decide(found)) {
      case Serve _ when entry != null ->
          isDue(entry)
              ? fetch(primary, found, Reason.STALE, Validation.conditions(entry))
              : Future.succeededFuture(hit(entry));
      case ServeAndRevalidate(Serve _, FieldList conditions) when entry != null ->
          action == Action.CERTIFY
              ? Future.succeededFuture(hit(entry))
              : fetch(primary, found, Reason.STALE, conditions);
      case Validate(Reason why, FieldList conditions) -> fetch(primary, found, why, conditions);
      case Forward(Reason why) -> fetch(primary, found, why, FieldList.EMPTY);
      case Pass(Reason _, Reason notStored) -> Future.succeededFuture(notCached(notStored));
      case Refuse(Reason why, int _) -> Future.succeededFuture(failed(why));
      case Serve _, ServeAndRevalidate _ -> throw new IllegalStateException("no entry is served");
    };
  }

  /** As one request: it is there where all of its items are. */
  private Future<Outcome> act(CachedItems all) {
    List<Decision> decisions =
        all.decisions(
            serve ->
                action == Action.REFRESH && serve.ttlSeconds() * 1_000 <= order.timeoutMillis());
    for (Decision decision : decisions) {
      if (decision instanceof Pass(Reason _, Reason notStored)) {
        return Future.succeededFuture(notCached(notStored));
      }
    }
    return switch (ItemsDecision.of(decisions)) {
      case ItemsDecision.Served(Serve serve) -> Future.succeededFuture(hit(serve));
      case ItemsDecision.Refused(Reason why, int _) -> Future.succeededFuture(failed(why));
      case ItemsDecision.Ask(Reason why, List<Integer> _, Serve _) ->
          action == Action.CERTIFY
              ? Future.succeededFuture(missing(why))
              : fill(all, decisions)
                  .transform(done -> done.failed() ? failed(done) : answered(all));
    };
  }

  private Future<Void> fill(CachedItems all, List<Decision> decisions) {
    all.items().forEach(item -> isWanted(item.primary()));
    return all.act(decisions);
  }

  private static Outcome hit(Serve serve) {
    return new Outcome(Result.HIT, 200, false, 0, Math.max(0, serve.ttlSeconds() * 1_000), null);
  }

  private Future<Outcome> answered(CachedItems all) {
    Outcome other = withoutAnswer();
    return other != null
        ? Future.succeededFuture(other)
        : all.look()
            .map(
                _ ->
                    ItemsDecision.of(all.decisions(_ -> false))
                            instanceof ItemsDecision.Served(Serve serve)
                        ? outcome(Result.FILLED, Math.max(0, serve.ttlSeconds() * 1_000), null)
                        : outcome(
                            Result.CHANGED,
                            0,
                            "some of its items may not be kept, or had no room"));
  }

  private Outcome missing(Reason why) {
    return new Outcome(Result.MISSING, 0, false, 0, 0, ReasonText.of(why).text());
  }

  private Future<Outcome> failed(AsyncResult<?> done) {
    return Future.succeededFuture(failed(String.valueOf(done.cause().getMessage())));
  }

  private Future<Outcome> fetch(CacheKey primary, Found found, Reason why, FieldList conditions) {
    if (action == Action.CERTIFY) {
      return Future.succeededFuture(missing(why));
    }
    isWanted(primary);
    return new Fetch(request, primary, found, why, conditions)
        .answer()
        .transform(
            done ->
                done.failed() && request.exchange().notStored() == null
                    ? failed(done)
                    : answered(primary, found));
  }

  private Future<Outcome> answered(CacheKey primary, Found before) {
    Outcome other = withoutAnswer();
    return other != null
        ? Future.succeededFuture(other)
        : new Afterwards(request, primary).look().map(now -> stored(before, now));
  }

  /** Null: there is one, and it is kept. */
  private @Nullable Outcome withoutAnswer() {
    int status = request.exchange().reply().status();
    String notStored = request.exchange().notStored();
    if (status >= 500 || isBusy(status) || Reason.INCOMPLETE.token().equals(notStored)) {
      return outcome(
          Result.FAILED, 0, notStored == null || status >= 400 ? "status " + status : notStored);
    }
    if (status == 404 || status == 410) {
      return outcome(Result.CHANGED, 0, "it is gone");
    }
    return notStored == null ? null : outcome(Result.CHANGED, 0, text(notStored));
  }

  /** What the policy keeps once it was asked for often enough is kept. */
  private void isWanted(CacheKey primary) {
    Admission admission = request.recipe().treatment().admission();
    for (int use = 1; use < admission.minUses(); use++) {
      request.parts().uses().used(primary, admission.withinMillis());
    }
  }

  /** A provider says so what says nothing of the question. */
  private boolean isBusy(int status) {
    return request.exchange().question() != null && (status == 408 || status == 429);
  }

  private Outcome stored(Found before, Found now) {
    StoredResponse entry = now.entry();
    if (entry == null) {
      return outcome(Result.FAILED, 0, "the answer is in no layer of the cache");
    }
    StoredResponse old = before.entry();
    boolean same = old != null && Objects.equals(old.validity(), entry.validity());
    // An entry that stood in for an error is as it was.
    return same
        ? outcome(Result.FAILED, fresh(entry), "the backend failed; what was kept still is")
        : outcome(Result.FILLED, fresh(entry), null).linking(links(entry));
  }

  private Outcome hit(StoredResponse entry) {
    return new Outcome(
            Result.HIT, entry.status(), false, millis(System.nanoTime()), fresh(entry), null)
        .linking(links(entry));
  }

  private List<String> links(StoredResponse entry) {
    return order.relations().isEmpty()
        ? List.of()
        : LinkField.references(entry.fields(), order.relations());
  }

  private Outcome failed(Reason why) {
    return failed(ReasonText.of(why).text());
  }

  private Outcome failed(String why) {
    return new Outcome(Result.FAILED, 0, request.exchange().tries() > 0, 0, 0, why)
        .taking(tokens(), cost());
  }

  private Outcome outcome(Result result, long freshMillis, @Nullable String detail) {
    return new Outcome(
            result,
            request.exchange().reply().status(),
            request.exchange().tries() > 0,
            head == 0 ? 0 : millis(head),
            freshMillis,
            detail)
        .taking(tokens(), cost());
  }

  /** Of the call to a model; it has ended, or is near its end, when the answer is kept. */
  private long tokens() {
    Inference inference = request.exchange().inference();
    return inference == null ? 0 : inference.tokens().total();
  }

  private @Nullable Cost cost() {
    Inference inference = request.exchange().inference();
    Price price = inference == null ? null : inference.model().price();
    return inference == null || price == null
        ? null
        : new Cost(
            price.currency(),
            inference.tokens().nanos(price, inference.answers(), inference.micros()));
  }

  private long millis(long until) {
    return (until - began) / 1_000_000;
  }

  private static long fresh(StoredResponse entry) {
    return Math.max(0, Freshness.remaining(entry.validity(), System.currentTimeMillis()));
  }

  private static String text(String token) {
    for (Reason reason : Reason.values()) {
      if (reason.token().equals(token)) {
        return ReasonText.of(reason).text();
      }
    }
    return token;
  }
}
