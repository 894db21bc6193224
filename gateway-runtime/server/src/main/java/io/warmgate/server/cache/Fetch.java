package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.Age;
import io.warmgate.httpcache.rule.Preconditions;
import io.warmgate.httpcache.rule.Reuse;
import io.warmgate.httpcache.rule.Storage;
import io.warmgate.httpcache.rule.StoreDecision;
import io.warmgate.httpcache.rule.StoreDecision.Keep;
import io.warmgate.httpcache.rule.StoreDecision.Skip;
import io.warmgate.httpcache.rule.Validation;
import io.warmgate.server.cache.Fill.Verdict;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Observer.Part;
import io.warmgate.server.exchange.Observer.Span;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.OriginResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the origin for one request, or waits for one that does: the first to ask <b>leads</b> a
 * {@link Fill}; who comes while it is under way <b>follows</b>, unless a purge came between.
 *
 * <p>A leader that goes away does not end the fill: others wait for it, and it is worth keeping.
 */
final class Fetch {
  private final CachedRequest request;
  private final HttpCache.Parts parts;
  private final Exchange exchange;
  private final CacheKey primary;
  private final Found found;
  private final Reason reason;
  private final FieldList conditions;
  private final Context context = Vertx.currentContext();

  /**
   * @param conditions to validate the found entry with; empty: the whole is asked for
   */
  Fetch(CachedRequest request, CacheKey primary, Found found, Reason reason, FieldList conditions) {
    this.request = request;
    this.parts = request.parts();
    this.exchange = request.exchange();
    this.primary = primary;
    this.found = found;
    this.reason = reason;
    this.conditions = conditions;
  }

  Future<Void> answer() {
    exchange.reason(reason.token());
    Fill mine = new Fill(parts.log().purges().fence());
    // A HEAD's answer has no body to share; an answer that was not kept last time is not waited
    // for.
    if (request.view().isHead() || parts.layers().wasNotKept(found.key())) {
      return lead(mine, conditions);
    }
    Fill running =
        parts
            .fills()
            .compute(found.key(), (_, other) -> other != null && joinable(other) ? other : mine);
    if (running.equals(mine)) {
      mine.verdict().onComplete(_ -> {});
      return lead(mine, conditions);
    }
    return follow(running);
  }

  /** A request that arrives after a purge was applied never joins a fill begun before it. */
  private boolean joinable(Fill other) {
    return !parts.log().purges().mayConcern(other.fence().local(), request.place().with(List.of()));
  }

  private Future<Void> lead(Fill fill, FieldList asked) {
    OriginRequest ask = exchange.originRequest();
    Preconditions.EVALUATED_HERE.forEach(ask.headers()::remove);
    asked.forEach(ask.headers()::set);
    long sent = System.currentTimeMillis();
    Promise<Void> done = Promise.promise();
    request
        .origin()
        .fetch(ask)
        .head()
        .onComplete(
            response -> {
              try {
                head(fill, asked, response, sent).onComplete(done);
              } catch (RuntimeException e) {
                response.abort();
                fail(fill, e);
                done.tryFail(e);
              }
            },
            failure -> {
              fail(fill, failure);
              done.tryFail(failure);
            });
    return done.future();
  }

  private void fail(Fill fill, Throwable cause) {
    over(fill);
    fill.decide(new Verdict.Failed(cause));
  }

  private Future<Void> head(Fill fill, FieldList asked, OriginResponse response, long sent) {
    ResponseView view =
        new ResponseView(
            response.status(),
            new HeaderFields(response.headers()),
            sent,
            System.currentTimeMillis());
    StoredResponse entry = found.entry();
    if (asked.size() == 0 || entry == null) {
      return whole(fill, response, view);
    }
    Validation.Outcome outcome =
        Validation.apply(
            request.view(), entry, view, fill.fence().logged(), request.recipe().policy());
    return switch (outcome) {
      case Validation.Refreshed(StoredResponse fresh, Keep keep) -> {
        response.abort();
        request
            .recipe()
            .tags()
            .tags(fresh.fields())
            .ifPresentOrElse(
                tags ->
                    parts
                        .layers()
                        .keep(
                            found.key(), fresh.tagged(tags), fill.fence(), keep.retentionMillis()),
                () -> parts.layers().drop(found.key(), fill.fence()));
        over(fill);
        fill.decide(new Verdict.Refreshed(fresh));
        yield validated(fresh, response.status(), false);
      }
      case Validation.RefreshedOnce(StoredResponse once, _) -> {
        response.abort();
        parts.layers().drop(found.key(), fill.fence());
        alone(fill);
        yield validated(once, response.status(), false);
      }
      case Validation.Replaced() -> whole(fill, response, view);
      case Validation.PassedOn(Reason why) -> {
        alone(fill);
        yield through(response, why);
      }
      case Validation.AskAgain(_) -> {
        response.abort();
        parts.layers().drop(found.key(), fill.fence());
        yield lead(fill, FieldList.EMPTY);
      }
      case Validation.PassedOnAndStale(Reason why) -> {
        parts.layers().drop(found.key(), fill.fence());
        alone(fill);
        yield through(response, why);
      }
    };
  }

  private Future<Void> whole(Fill fill, OriginResponse response, ResponseView view) {
    StoreDecision decision =
        Storage.decide(request.view(), view, request.recipe().policy(), System.currentTimeMillis());
    return switch (decision) {
      case Skip(Reason why) -> skip(fill, response, why);
      case Keep keep -> keep(fill, response, keep);
    };
  }

  private Future<Void> skip(Fill fill, OriginResponse response, Reason why) {
    if (request.view().isGet()) {
      parts.layers().rememberNotKept(found.key());
    }
    alone(fill);
    return through(response, why);
  }

  private Future<Void> keep(Fill fill, OriginResponse response, Keep keep) {
    if (declaredLength(response) > parts.layers().largestBody()) {
      return skip(fill, response, Reason.TOO_LARGE);
    }
    Optional<List<String>> tags = request.recipe().tags().tags(keep.fields());
    if (tags.isEmpty()) {
      return skip(fill, response, Reason.TAG_LIMIT);
    }
    Tagged kept = new Tagged(keep, tags.get());
    VariantIndex index = found.index();
    if (index == null && keep.vary().isEmpty()) {
      return keepUnder(primary, List.of(), fill, response, kept);
    }
    Optional<VariantIndex> named =
        (index == null ? VariantIndex.empty(primary.material()) : index).withNames(keep.vary());
    if (named.isEmpty()) {
      return skip(fill, response, Reason.VARY_LIMIT);
    }
    List<String> names = named.get().names();
    CacheKey key = primary.variant(names, request.selecting(names));
    Optional<VariantIndex> grown = named.get().withVariant(key.id());
    if (grown.isEmpty()) {
      return skip(fill, response, Reason.VARY_LIMIT);
    }
    if (!grown.get().equals(index)) {
      parts.layers().keep(primary, grown.get(), fill.fence(), keep.retentionMillis());
    }
    return keepUnder(key, names, fill, response, kept);
  }

  /** What is kept, and under which tags. */
  private record Tagged(Keep keep, List<String> tags) {}

  private Future<Void> keepUnder(
      CacheKey key, List<String> names, Fill fill, OriginResponse response, Tagged kept) {
    Keep keep = kept.keep();
    SharedBody body =
        new SharedBody(
            Math.max(1, parts.layers().largestBody()),
            () -> context.runOnContext(_ -> response.body().pause()),
            () -> context.runOnContext(_ -> response.body().resume()));
    Future<Void> mine = leaderReads(response, keep, body);
    response
        .body()
        .exceptionHandler(
            cause -> {
              over(fill);
              body.fail(cause);
            })
        .endHandler(
            _ -> {
              if (!body.isOverLimit()) {
                parts
                    .layers()
                    .keep(
                        key,
                        entry(key, response.status(), kept, body.whole(), fill.fence()),
                        fill.fence(),
                        keep.retentionMillis());
              }
              over(fill);
              body.end();
            })
        .handler(
            chunk -> {
              body.add(chunk);
              if (body.isOverLimit()) {
                over(fill);
                if (body.isAlone()) {
                  response.abort();
                }
              }
            });
    fill.decide(
        new Verdict.Kept(response.status(), keep.fields(), keep.validity(), key, names, body));
    response.body().resume();
    return mine;
  }

  private StoredResponse entry(CacheKey key, int status, Tagged kept, byte[] body, Fence fence) {
    return new StoredResponse(
        status,
        kept.keep().fields(),
        Bytes.of(body),
        kept.keep().validity(),
        new Provenance(key.material(), request.recipe().generation(), fence.logged(), kept.tags()));
  }

  private Future<Void> leaderReads(OriginResponse response, Keep keep, SharedBody body) {
    CacheStatus status = status(null, true, false);
    if (Preconditions.clientHasIt(
        request.view().fields(),
        response.status(),
        new HeaderFields(response.headers()),
        System.currentTimeMillis())) {
      return Answers.notModified(exchange.reply(), keep.fields(), age(keep), status);
    }
    BodyStream stream = BodyStream.of(context, body);
    if (stream == null) {
      throw new IllegalStateException("nobody has read yet");
    }
    Answers.mark(response.headers(), status);
    return exchange.reply().stream(new KeptResponse(response.status(), response.headers(), stream));
  }

  private Future<Void> follow(Fill fill) {
    Span span = parts.observer().span(exchange, Part.WAIT);
    Promise<Void> done = Promise.promise();
    fill.verdict()
        .onComplete(
            decided ->
                context.runOnContext(
                    _ -> {
                      span.end(decided.result().getClass().getSimpleName());
                      try {
                        followed(decided.result()).onComplete(done);
                      } catch (RuntimeException e) {
                        done.tryFail(e);
                      }
                    }));
    return done.future();
  }

  private Future<Void> followed(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Kept kept -> readAlong(kept);
      case Verdict.Refreshed(StoredResponse entry) -> validated(entry, 304, true);
      case Verdict.Alone _ -> askAlone();
      case Verdict.Failed(Throwable cause) -> Future.failedFuture(cause);
    };
  }

  private Future<Void> readAlong(Verdict.Kept kept) {
    CacheKey mine = primary.variant(kept.names(), request.selecting(kept.names()));
    if (!mine.equals(kept.key())) {
      return askAlone();
    }
    long now = System.currentTimeMillis();
    long age = Age.current(kept.validity(), now) / 1000;
    CacheStatus status = status(null, false, true);
    if (Preconditions.clientHasIt(request.view().fields(), kept.status(), kept.fields(), now)) {
      return Answers.notModified(exchange.reply(), kept.fields(), age, status);
    }
    BodyStream stream = BodyStream.of(context, kept.body());
    if (stream == null) {
      return askAlone();
    }
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    Answers.fields(headers, kept.fields(), age);
    Answers.mark(headers, status);
    return exchange.reply().stream(new KeptResponse(kept.status(), headers, stream));
  }

  /** The answer that was waited for is none for this request. */
  private Future<Void> askAlone() {
    return lead(new Fill(parts.log().purges().fence()), FieldList.EMPTY);
  }

  private Future<Void> validated(StoredResponse entry, int status, boolean collapsed) {
    Serve serve = Reuse.afterValidation(request.view(), entry, System.currentTimeMillis());
    return Answers.entry(exchange, entry, serve, status(status, !collapsed, collapsed));
  }

  private Future<Void> through(OriginResponse response, Reason why) {
    exchange.reason(why.token());
    Answers.mark(response.headers(), status(null, false, false));
    return exchange.reply().stream(response);
  }

  private void alone(Fill fill) {
    over(fill);
    fill.decide(Verdict.Alone.ALONE);
  }

  /** Nobody joins it any more. */
  private void over(Fill fill) {
    parts.fills().remove(found.key(), fill);
  }

  private CacheStatus status(@Nullable Integer originStatus, boolean stored, boolean collapsed) {
    return new CacheStatus(
        reason, new CacheStatus.Forward(originStatus, stored, collapsed), null, null);
  }

  private static long age(Keep keep) {
    return Age.current(keep.validity(), System.currentTimeMillis()) / 1000;
  }

  private static long declaredLength(OriginResponse response) {
    String length = response.headers().get("content-length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
