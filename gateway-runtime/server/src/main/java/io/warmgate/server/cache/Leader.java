package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.Preconditions;
import io.warmgate.httpcache.rule.Reuse;
import io.warmgate.httpcache.rule.StoreDecision.Keep;
import io.warmgate.httpcache.rule.Validation;
import io.warmgate.server.cache.Fill.Verdict;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.exchange.Observer.Event;
import io.warmgate.server.exchange.Observer.Part;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.ProblemException;
import java.util.OptionalInt;

/**
 * One fetch from the origin for a key: asks, decides what the answer means for the cache, has it
 * kept ({@link Keeping}), and tells those who wait ({@link Fill}). Whether a client reads along is
 * not its concern, so that a client that goes away does not end it, and a revalidation in the
 * background needs none.
 */
final class Leader {
  private final CachedRequest request;
  private final HttpCache.Parts parts;
  private final RequestView view;
  private final CacheKey primary;
  private final Found found;
  private final Fill fill;

  /**
   * @param view what is asked, in the cache's eyes
   * @param fill whose verdict is decided here
   */
  Leader(CachedRequest request, RequestView view, CacheKey primary, Found found, Fill fill) {
    this.request = request;
    this.parts = request.parts();
    this.view = view;
    this.primary = primary;
    this.found = found;
    this.fill = fill;
  }

  /**
   * @param conditions to validate the found entry with; empty: the whole is asked for
   */
  Future<Outcome> ask(FieldList conditions) {
    OriginRequest template = request.shareable();
    OriginRequest ask =
        new OriginRequest(
            request.method(view), template.target(), template.headers(), template.body());
    Preconditions.EVALUATED_HERE.forEach(ask.headers()::remove);
    conditions.forEach(ask.headers()::set);
    long sent = System.currentTimeMillis();
    long began = System.nanoTime();
    Promise<Outcome> done = Promise.promise();
    request
        .origin()
        .fetch(ask)
        .head()
        .onComplete(
            response -> {
              parts.observer().took(Part.UPSTREAM, System.nanoTime() - began);
              if (response.status() >= 500) {
                parts.observer().happened(Event.ORIGIN_ERROR);
              }
              try {
                head(conditions, response, sent).onComplete(done);
              } catch (RuntimeException e) {
                response.abort();
                fill.end(new Verdict.Failed(e));
                done.tryFail(e);
              }
            },
            failure -> {
              if (ProblemException.isLimit(failure)) {
                fill.end(Verdict.Plain.NOT_ASKED);
              } else {
                parts.observer().happened(Event.ORIGIN_FAILED);
                fill.end(new Verdict.Failed(failure));
              }
              done.tryFail(failure);
            });
    return done.future();
  }

  private Future<Outcome> head(FieldList conditions, OriginResponse response, long sent) {
    long now = System.currentTimeMillis();
    ResponseView answer =
        new ResponseView(response.status(), new HeaderFields(response.headers()), sent, now);
    StoredResponse entry = found.entry();
    if (entry != null && mayStandIn(entry, response.status(), now)) {
      response.abort();
      fill.end(new Verdict.Erred(response.status()));
      return done(new Outcome.Erred(response.status()));
    }
    if (conditions.size() == 0 || entry == null) {
      return done(keeping().of(response, answer));
    }
    Validation.Outcome outcome =
        Validation.apply(view, entry, answer, fill.fence().logged(), request.storing(primary));
    return switch (outcome) {
      case Validation.Refreshed(StoredResponse fresh, Keep keep) -> {
        response.abort();
        keeping().refreshed(fresh, keep);
        fill.over();
        fill.decide(new Verdict.Refreshed(fresh, request.equivalents().keyOf(fresh.fields())));
        yield done(new Outcome.Refreshed(fresh, response.status()));
      }
      case Validation.RefreshedOnce(StoredResponse once, Reason why) -> {
        response.abort();
        parts.layers().drop(found.key(), fill.fence());
        fill.alone();
        yield done(new Outcome.RefreshedOnce(once, response.status(), why));
      }
      case Validation.Replaced() -> done(keeping().of(response, answer));
      case Validation.PassedOn(Reason why) -> {
        fill.alone();
        yield done(new Outcome.PassedOn(response, why));
      }
      case Validation.AskAgain(_) -> {
        response.abort();
        parts.layers().drop(found.key(), fill.fence());
        yield ask(FieldList.EMPTY);
      }
      case Validation.PassedOnAndStale(Reason why) -> {
        parts.layers().drop(found.key(), fill.fence());
        fill.alone();
        yield done(new Outcome.PassedOn(response, why));
      }
    };
  }

  private static Future<Outcome> done(Outcome outcome) {
    return Future.succeededFuture(outcome);
  }

  private boolean mayStandIn(StoredResponse entry, int status, long now) {
    return Reuse.afterError(view, entry, OptionalInt.of(status), request.recipe().policy(), now)
        .isPresent();
  }

  private Keeping keeping() {
    return new Keeping(request, view, primary, found, fill);
  }
}
