package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.rule.Freshness;
import io.warmgate.httpcache.rule.Preconditions;
import io.warmgate.server.cache.Fill.Verdict;
import io.warmgate.server.cache.Keeping.Settled;
import io.warmgate.server.exchange.Observer.Event;
import io.warmgate.server.exchange.Observer.Part;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.exchange.Worth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request for items that nobody else is asking for: what comes is kept item by item, and
 * whoever waits for one of them ({@link Fill}) is told. Whether a client waits is not its concern,
 * so that a client that goes away does not end it. Leases of other pods are not claimed: a hundred
 * of them would cost more than what they spare.
 */
final class ItemsFetch {
  /** So many are kept before other requests get their turn, and are on their way to Redis. */
  static final int AT_ONCE = 64;

  private final CachedRequest whole;
  private final HttpCache.Parts parts;
  private final List<Wanted> wanted;
  private final Context context =
      Objects.requireNonNull(Vertx.currentContext(), "on an event loop");

  /** Which of them are being kept, and what became of the others. */
  private final List<Supplier<Future<Boolean>>> toRedis = new ArrayList<>();

  private @Nullable Reason notStored;
  private @Nullable Long ttlSeconds;

  /**
   * One of them.
   *
   * @param place among the question's items
   * @param notKept why what comes is not kept; null: it may be
   * @param fill of those who wait for it
   */
  record Wanted(int place, AskedItem item, @Nullable Reason notKept, Fill fill) {}

  /** What came of it. */
  sealed interface Outcome {
    /** An answer that is the asker's alone, for all of them. */
    record PassedOn(OriginResponse response, Reason notStored) implements Outcome {}

    /**
     * @param response with all that was asked for, in the origin's form
     * @param each what each of them is answered
     * @param notStored why none is kept; null: one is
     * @param ttlSeconds what is left of the one that ends first; null: none is kept
     */
    record Came(
        OriginResponse response,
        List<Worth.Instead> each,
        @Nullable Reason notStored,
        @Nullable Long ttlSeconds)
        implements Outcome {}
  }

  /**
   * @param wanted at least one
   */
  ItemsFetch(CachedRequest whole, List<Wanted> wanted) {
    this.whole = whole;
    this.parts = whole.parts();
    this.wanted = wanted;
  }

  /** Fails where there is no answer. */
  Future<Outcome> answer() {
    long sent = System.currentTimeMillis();
    long began = System.nanoTime();
    return Future.succeededFuture()
        .compose(_ -> whole.origin().fetch(request()).head())
        .onFailure(this::noAnswer)
        .compose(
            response -> {
              parts.observer().took(Part.UPSTREAM, System.nanoTime() - began);
              return came(response, sent);
            })
        .onFailure(_ -> end(Verdict.Plain.AGAIN));
  }

  private OriginRequest request() {
    OriginRequest asked = whole.shareable().only(wanted.stream().map(Wanted::place).toList());
    Preconditions.EVALUATED_HERE.forEach(asked.headers()::remove);
    return asked;
  }

  private void noAnswer(Throwable failure) {
    if (ProblemException.isLimit(failure)) {
      end(Verdict.Plain.NOT_ASKED);
    } else {
      parts.observer().happened(Event.ORIGIN_FAILED);
    }
  }

  /** What became of all is no word on one of them: who waits for that asks for itself. */
  private void end(Verdict verdict) {
    wanted.forEach(one -> one.fill().end(verdict));
  }

  private Future<Outcome> came(OriginResponse response, long sent) {
    if (response.status() >= 500) {
      parts.observer().happened(Event.ORIGIN_ERROR);
    }
    ResponseView head =
        new ResponseView(
            response.status(),
            new HeaderFields(response.headers()),
            sent,
            System.currentTimeMillis());
    if (response.status() != 200) {
      end(Verdict.Plain.AGAIN);
      return Future.succeededFuture(new Outcome.PassedOn(response, whyNot(response, head)));
    }
    if (!(response.worth() instanceof Worth.Apart(List<Worth.Instead> each, Reason never))
        || each.size() != wanted.size()) {
      response.abort();
      throw new IllegalStateException("an answer that is not one for each item");
    }
    return keep(head, each, never, 0)
        .map(
            _ -> {
              tellRedis(0);
              return new Outcome.Came(
                  response, each, toRedis.isEmpty() ? notStored : null, ttlSeconds);
            });
  }

  private Reason whyNot(OriginResponse response, ResponseView head) {
    Wanted first = wanted.getFirst();
    if (first.notKept() != null) {
      return first.notKept();
    }
    return keeping(first).judge(response, head, 0) instanceof Judgement.Skipped(Reason why)
        ? why
        : Reason.STATUS;
  }

  private Keeping keeping(Wanted one) {
    CachedRequest request = one.item().request();
    return new Keeping(
        request, request.view(), one.item().primary(), one.item().found(), one.fill());
  }

  private Future<Void> keep(
      ResponseView head, List<Worth.Instead> each, @Nullable Reason never, int from) {
    int to = Math.min(from + AT_ONCE, wanted.size());
    for (int i = from; i < to; i++) {
      keep(head, wanted.get(i), each.get(i), never);
    }
    if (to == wanted.size()) {
      return Future.succeededFuture();
    }
    return later(context, () -> keep(head, each, never, to));
  }

  /** Other requests of the event loop get their turn before that. */
  static Future<Void> later(Context context, Supplier<Future<Void>> work) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> Future.succeededFuture().compose(_ -> work.get()).onComplete(done));
    return done.future();
  }

  private void keep(ResponseView head, Wanted one, Worth.Instead answer, @Nullable Reason never) {
    Reason why = one.notKept() == null ? never : one.notKept();
    if (why != null) {
      one.fill().end(Verdict.Plain.AGAIN);
      notStored(why);
      return;
    }
    switch (keeping(one).whole(head, answer.fields(), answer.body())) {
      case Settled.Nowhere(Reason notKept) -> notStored(notKept);
      case Settled.Here(var keep, var there) -> {
        toRedis.add(there);
        long left =
            Math.floorDiv(Freshness.remaining(keep.validity(), System.currentTimeMillis()), 1_000);
        ttlSeconds = ttlSeconds == null ? left : Math.min(ttlSeconds, left);
      }
    }
  }

  private void notStored(Reason why) {
    notStored = notStored == null ? why : notStored;
  }

  /** A few at a time: other requests' commands go over the same connection. */
  private void tellRedis(int from) {
    int to = Math.min(from + AT_ONCE, toRedis.size());
    if (from == to) {
      return;
    }
    List<Future<Boolean>> writing = new ArrayList<>();
    toRedis.subList(from, to).forEach(one -> writing.add(one.get()));
    Future.join(writing).onComplete(_ -> tellRedis(to));
  }
}
