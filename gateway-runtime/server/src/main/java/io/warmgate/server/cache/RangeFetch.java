package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.CacheStatus.Forward;
import io.warmgate.httpcache.CacheStatus.NotStored;
import io.warmgate.httpcache.CacheStatus.Stored;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.rule.Combining;
import io.warmgate.httpcache.rule.PartialStorage;
import io.warmgate.httpcache.rule.Preconditions;
import io.warmgate.httpcache.rule.RangeDecision.Ask;
import io.warmgate.httpcache.rule.RangeDecision.AskAll;
import io.warmgate.httpcache.rule.RangeDecision.AskRest;
import io.warmgate.httpcache.rule.RangeDecision.AskWhether;
import io.warmgate.httpcache.rule.RangeReuse;
import io.warmgate.httpcache.rule.StoreDecision.Keep;
import io.warmgate.httpcache.rule.Validation;
import io.warmgate.server.cache.RangeFill.Verdict;
import io.warmgate.server.exchange.Observer.Event;
import io.warmgate.server.exchange.Observer.Part;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.ProblemException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One fetch of a range: asks, and answers the client that asked. A client that goes away does not
 * end it, as long as what comes is kept ({@link PartKeeping}).
 */
final class RangeFetch {
  private final RangeRequest range;
  private final CachedRequest request;
  private final @Nullable PartialResponse entry;
  private final Ask ask;
  private final RangeFill fill;
  private final RequestView whole;
  private final Context context = Vertx.currentContext();

  /**
   * @param entry null: nothing is stored
   * @param fill whose verdict is decided here
   */
  RangeFetch(RangeRequest range, @Nullable PartialResponse entry, Ask ask, RangeFill fill) {
    this.range = range;
    this.request = range.request();
    this.entry = entry;
    this.ask = ask;
    this.fill = fill;
    this.whole =
        new RequestView(
            "GET",
            request.view().target(),
            FieldList.copyOf(request.view().fields())
                .keep(name -> !Preconditions.EVALUATED_HERE.contains(name)),
            false);
  }

  Future<Void> answer() {
    OriginRequest asked = request.shareable();
    Preconditions.EVALUATED_HERE.forEach(asked.headers()::remove);
    ask.fields().forEach(asked.headers()::set);
    long sent = System.currentTimeMillis();
    long began = System.nanoTime();
    return request
        .origin()
        .fetch(asked)
        .head()
        .transform(
            head -> {
              if (head.failed()) {
                if (!ProblemException.isLimit(head.cause())) {
                  request.parts().observer().happened(Event.ORIGIN_FAILED);
                }
                fill.end();
                return standIn(OptionalInt.empty())
                    .orElseGet(() -> Future.failedFuture(head.cause()));
              }
              request.parts().observer().took(Part.UPSTREAM, System.nanoTime() - began);
              return headed(head.result(), sent);
            });
  }

  private Future<Void> headed(OriginResponse response, long sent) {
    try {
      return judged(
          response,
          new ResponseView(
              response.status(),
              new HeaderFields(response.headers()),
              sent,
              System.currentTimeMillis()));
    } catch (RuntimeException e) {
      response.abort();
      fill.end();
      return Future.failedFuture(e);
    }
  }

  private Future<Void> judged(OriginResponse response, ResponseView answer) {
    int status = response.status();
    if (status == 206) {
      return part(response, answer);
    }
    if (status == 304 && entry != null && ask instanceof AskWhether) {
      return validated(response, answer, entry);
    }
    if (status == 416 || status == 304) {
      // The rest of it is none: then the origin has another representation.
      return ask instanceof AskRest ? askAll(response) : passOn(response, Reason.STATUS);
    }
    if (status >= 500) {
      request.parts().observer().happened(Event.ORIGIN_ERROR);
      return error(response);
    }
    return other(response, answer);
  }

  private Future<Void> part(OriginResponse response, ResponseView answer) {
    return switch (PartialStorage.judge(answer)) {
      case PartialStorage.NotStorable(Reason why) -> notKept(response, why);
      case PartialStorage.Storable part -> part(response, part);
    };
  }

  private Future<Void> part(OriginResponse response, PartialStorage.Storable part) {
    if (ask instanceof AskRest rest
        && (entry == null
            || !part.range().part().equals(rest.missing())
            || !Combining.isSame(entry, part.whole().fields(), part.range().length()))) {
      return askAll(response);
    }
    PartKeeping keeping = new PartKeeping(range, whole, entry, ask, fill);
    return switch (keeping.judge(response, part)) {
      case Judgement.Skipped(Reason why) -> notKept(response, why);
      case Judgement.Kept kept -> {
        Verdict.Kept verdict = keeping.keep(response, part, kept);
        BodyStream stream = BodyStream.of(context, verdict.body());
        if (stream == null) {
          throw new IllegalStateException("nobody has read yet");
        }
        fill.decide(verdict);
        Future<Void> answered;
        if (RangeReuse.isFor(request.view(), verdict.fields(), System.currentTimeMillis())) {
          answered = new PartAnswer(request, ask.reason(), verdict).stream(stream, Stored.HERE);
        } else {
          stream.leave();
          answered = range.pass();
        }
        response.body().resume();
        yield answered;
      }
    };
  }

  /** A 206 that is for nobody else. */
  private Future<Void> notKept(OriginResponse response, Reason why) {
    if (ask instanceof AskRest) {
      return askAll(response);
    }
    if (why != Reason.RARELY_ASKED) {
      request.parts().layers().rememberNotKept(range.at().key(), why);
    }
    if (entry != null) {
      range.incomplete().drop(range.at(), fill.fence());
    }
    FieldList fields = FieldList.copyOf(new HeaderFields(response.headers()));
    if (RangeReuse.isFor(request.view(), fields, System.currentTimeMillis())) {
      return passOn(response, why);
    }
    response.abort();
    fill.end();
    return range.pass();
  }

  /** What is stored is of no use to this request: all that it wants is asked for. */
  private Future<Void> askAll(OriginResponse response) {
    response.abort();
    range.incomplete().drop(range.at(), fill.fence());
    String wanted = RangeReuse.wanted(request.view()).orElseThrow();
    AskAll all = new AskAll(ask.reason(), FieldList.of("range", wanted));
    return new RangeFetch(range, null, all, fill).answer();
  }

  private Future<Void> validated(
      OriginResponse response, ResponseView answer, PartialResponse stored) {
    Validation.Outcome outcome =
        Validation.apply(
            whole,
            stored.head(),
            answer,
            fill.fence().logged(),
            request.storing(range.at().primary()));
    return switch (outcome) {
      case Validation.Refreshed(StoredResponse head, Keep keep) -> {
        response.abort();
        PartialResponse fresh = stored.with(head);
        Keeping keeping = PartKeeping.keeping(range, whole, fill);
        keeping
            .tags(head.fields())
            .ifPresentOrElse(
                tags ->
                    range
                        .incomplete()
                        .refreshed(
                            range.at(),
                            stored.with(head.tagged(tags)),
                            fill.fence(),
                            keep.retentionMillis()),
                () -> range.incomplete().drop(range.at(), fill.fence()));
        fill.end();
        yield right(fresh, Stored.HERE);
      }
      case Validation.RefreshedOnce(StoredResponse head, Reason why) -> {
        response.abort();
        range.incomplete().drop(range.at(), fill.fence());
        fill.end();
        request.exchange().notStored(why.token());
        yield right(stored.with(head), new NotStored(why));
      }
      case Validation.AskAgain _ -> askAll(response);
      case Validation.PassedOn(Reason why) -> passOn(response, why);
      case Validation.PassedOnAndStale(Reason why) -> passOn(response, why);
      case Validation.Replaced _ -> passOn(response, Reason.STATUS);
    };
  }

  private Future<Void> right(PartialResponse fresh, CacheStatus.Kept kept) {
    Serve serve = RangeReuse.afterValidation(request.view(), fresh, System.currentTimeMillis());
    Forward forward = new Forward(304, kept, false);
    return range.serve(
        fresh, serve, CacheStatus.forwarded(ask.reason(), forward, serve.ttlSeconds()));
  }

  private Future<Void> error(OriginResponse response) {
    Optional<Future<Void>> stale = standIn(OptionalInt.of(response.status()));
    if (stale.isEmpty()) {
      return passOn(response, Reason.ERROR_STATUS);
    }
    response.abort();
    fill.end();
    return stale.get();
  }

  /** The stale part in place of a failure. */
  private Optional<Future<Void>> standIn(OptionalInt status) {
    PartialResponse stale = entry;
    if (stale == null) {
      return Optional.empty();
    }
    return RangeReuse.afterError(
            request.view(), stale, status, request.recipe().policy(), System.currentTimeMillis())
        .map(
            serve -> {
              Integer origins = status.isEmpty() ? null : (Integer) status.getAsInt();
              Forward forward = new Forward(origins, Stored.ELSEWHERE, false);
              return range.serve(
                  stale, serve, CacheStatus.forwarded(serve.reason(), forward, serve.ttlSeconds()));
            });
  }

  private Future<Void> passOn(OriginResponse response, Reason why) {
    fill.end();
    request.exchange().notStored(why.token());
    CacheStatus status =
        CacheStatus.forwarded(ask.reason(), new Forward(null, new NotStored(why), false), null);
    request.mark(response.headers(), status, range.at().whole());
    return request.exchange().reply().stream(response);
  }

  /** An answer that is no part: what anybody would get, and kept as that. */
  private Future<Void> other(OriginResponse response, ResponseView answer) {
    fill.end();
    if (entry != null
        && (answer.status() == 200 || answer.status() == 404 || answer.status() == 410)) {
      range.incomplete().drop(range.at(), fill.fence());
    }
    Outcome outcome = PartKeeping.keeping(range, whole, fill).of(response, answer);
    return new Fetch(request, range.at().primary(), range.found(), ask.reason(), FieldList.EMPTY)
        .led(outcome);
  }
}
