package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.warmgate.config.Admission;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.CacheStatus.Forward;
import io.warmgate.httpcache.CacheStatus.Kept;
import io.warmgate.httpcache.CacheStatus.NotStored;
import io.warmgate.httpcache.CacheStatus.Stored;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.Age;
import io.warmgate.httpcache.rule.Freshness;
import io.warmgate.httpcache.rule.Preconditions;
import io.warmgate.httpcache.rule.Reuse;
import io.warmgate.server.cache.Fill.Verdict;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.lease.Claim;
import io.warmgate.server.cache.lease.Lease;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Observer.Event;
import io.warmgate.server.exchange.Observer.Part;
import io.warmgate.server.exchange.Observer.Span;
import io.warmgate.server.exchange.OriginResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers one client with what the origin says. In a pod the first to ask is <b>elected</b>, and
 * who comes while it is at work <b>follows</b>, unless a purge came between. Of the elected of all
 * pods one holds the lease and <b>leads</b> ({@link Leader}); the others wait for it, and
 * <b>look</b> in Redis for what it brought.
 */
final class Fetch {
  /** After so many other pods' fetches that brought nothing it asks without a lease. */
  private static final int MAX_LOOKS = 3;

  private final CachedRequest request;
  private final HttpCache.Parts parts;
  private final Exchange exchange;
  private final CacheKey primary;
  private final Found found;
  private final Reason reason;
  private final FieldList conditions;
  private final Context context = Vertx.currentContext();

  /** Whether it was waited for an answer that did not come: the next one is the last. */
  private boolean again;

  /** How often another pod's fetch was waited for that brought nothing. */
  private int looks;

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
    Admission admission = request.recipe().treatment().admission();
    if (admission.minUses() > 1) {
      parts.uses().used(primary, admission.withinMillis());
    }
    return elect();
  }

  private Future<Void> elect() {
    Fill mine = fill();
    // A HEAD's answer has no body to share; an answer that was not kept last time is not waited
    // for.
    if (request.view().isHead() || parts.layers().wasNotKept(found.key())) {
      return lead(mine, conditions);
    }
    Fill running =
        parts
            .fills()
            .compute(found.key(), (_, other) -> other != null && joinable(other) ? other : mine);
    return running.equals(mine) ? elected(mine) : follow(running);
  }

  /** Between its lookup and now another's fetch may have ended: what that brought is in memory. */
  private Future<Void> elected(Fill mine) {
    Found there =
        parts.layers().peek().memory(primary, request.place(), request::selecting).found();
    Optional<Serve> serve = isNews(there.entry()) ? usable(there) : Optional.empty();
    if (serve.isEmpty()) {
      return claim(mine);
    }
    joined();
    mine.end(new Verdict.Arrived(there));
    return arrived(there, serve.get());
  }

  /** Whether it is later than what was found, and an answer to this request. */
  private boolean isNews(@Nullable StoredResponse entry) {
    StoredResponse known = found.entry();
    return entry != null
        && (known == null || known.isOlderThan(entry))
        && request.equivalents().isAnswered(entry, primary);
  }

  private boolean joinable(Fill other) {
    return other.isJoinable(
        parts.log().purges(), request.place().subject(List.of(), primary, found.key()));
  }

  private Future<Void> claim(Fill mine) {
    return parts
        .layers()
        .claim(mine.fence(), found.key())
        .compose(
            claim ->
                switch (claim) {
                  case Claim.Mine(Lease lease, boolean afterAnother) -> {
                    mine.leased(lease);
                    yield afterAnother
                        ? look(mine, () -> lead(mine, conditions))
                        : lead(mine, conditions);
                  }
                  case Claim.Theirs(Lease.End end) -> ended(mine, end);
                });
  }

  private Future<Void> ended(Fill mine, Lease.End end) {
    return switch (end) {
      case LOOK -> look(mine, () -> ++looks < MAX_LOOKS ? claim(mine) : lead(mine, conditions));
      case NOT_IN_REDIS -> lead(mine, conditions);
      case UNCACHEABLE -> {
        parts.layers().rememberNotKept(found.key(), null);
        mine.alone();
        yield lead(mine, conditions);
      }
    };
  }

  /**
   * What another pod fetched is checked against this pod's purges like all that Redis gives. It may
   * lie under another key than was asked for ({@link EquivalentUrls}).
   *
   * @param otherwise what is done where it is not there
   */
  private Future<Void> look(Fill mine, Supplier<Future<Void>> otherwise) {
    return request
        .equivalents()
        .storedInRedis(mine.fence())
        .map(Spot::found)
        .otherwise(found)
        .compose(
            there -> {
              Optional<Serve> serve = usable(there);
              if (serve.isPresent()) {
                parts.observer().happened(Event.JOINED_POD);
                mine.end(new Verdict.Arrived(there));
                return arrived(there, serve.get());
              }
              return otherwise.get();
            });
  }

  private Optional<Serve> usable(Found there) {
    StoredResponse entry = there.entry();
    return entry != null
            && Reuse.decide(
                    request.view(), entry, request.recipe().policy(), System.currentTimeMillis())
                instanceof Serve serve
        ? Optional.of(serve)
        : Optional.empty();
  }

  private Future<Void> arrived(Found there, Serve serve) {
    Forward forward = new Forward(null, Stored.ELSEWHERE, true);
    return request.serve(
        there.entry(),
        serve,
        CacheStatus.forwarded(reason, forward, serve.ttlSeconds()),
        there.key());
  }

  private Fill fill() {
    return new Fill(found.key(), parts.log().purges().fence(), parts.fills());
  }

  private Future<Void> lead(Fill fill, FieldList asked) {
    return new Leader(request, request.view(), primary, found, fill)
        .ask(asked)
        .transform(
            done -> done.succeeded() ? led(done.result()) : failed(done.cause(), null, false));
  }

  /** Answers with what came of a fetch. */
  Future<Void> led(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Kept kept -> {
        Future<Void> mine = readFirst(kept);
        kept.flow();
        yield mine;
      }
      case Outcome.Refreshed(StoredResponse entry, int status) ->
          validated(entry, new Forward(status, Stored.HERE, false));
      case Outcome.RefreshedOnce(StoredResponse entry, int status, Reason why) ->
          validated(entry, new Forward(status, notStored(why), false));
      case Outcome.PassedOn(OriginResponse response, Reason why) -> {
        CacheStatus status =
            CacheStatus.forwarded(reason, new Forward(null, notStored(why), false), null);
        request.mark(response.headers(), status, found.key());
        yield request.afterPurge(response).compose(answer -> exchange.reply().stream(answer));
      }
      case Outcome.Erred(int status) ->
          failed(new IllegalStateException("status " + status), status, false);
    };
  }

  private Kept notStored(Reason why) {
    exchange.notStored(why.token());
    return new NotStored(why);
  }

  private Future<Void> readFirst(Outcome.Kept kept) {
    OriginResponse response = kept.response();
    CacheStatus status = stored(kept.stored(), kept.keep().validity(), false);
    long now = System.currentTimeMillis();
    if (Preconditions.clientHasIt(
        request.view().fields(), response.status(), new HeaderFields(response.headers()), now)) {
      return notModified(kept.keep().fields(), kept.keep().validity(), status);
    }
    BodyStream stream = BodyStream.of(context, kept.body());
    if (stream == null) {
      throw new IllegalStateException("nobody has read yet");
    }
    request.mark(response.headers(), status, shown(kept.keep().fields()));
    return exchange.reply().stream(new KeptResponse(response.status(), response.headers(), stream));
  }

  /** The key to show of an answer that is being kept. */
  private CacheKey shown(FieldList fields) {
    CacheKey at = request.equivalents().keyOf(fields);
    return at.equals(primary) ? found.key() : at;
  }

  private Future<Void> notModified(FieldList fields, Validity validity, CacheStatus status) {
    Answers.notModified(exchange.reply(), fields, age(validity));
    request.mark(exchange.reply().headers(), status, shown(fields));
    return exchange.reply().end();
  }

  private Future<Void> follow(Fill fill) {
    Span span = parts.observer().span(exchange, Part.WAIT);
    return Following.of(
        fill.verdict(),
        Verdict.Plain.AGAIN,
        verdict -> verdict instanceof Verdict.Kept kept ? kept.body() : null,
        (verdict, place) -> {
          span.end(verdict.getClass().getSimpleName());
          return followed(fill, verdict, place);
        });
  }

  private Future<Void> followed(Fill fill, Verdict verdict, @Nullable BodyStream place) {
    return switch (verdict) {
      case Verdict.Kept kept when place != null -> readAlong(fill, kept, place);
      case Verdict.Kept _ -> {
        // Its beginning is gone, for all who come now: one more of them asks.
        fill.over();
        yield again();
      }
      case Verdict.Refreshed(StoredResponse entry, CacheKey key) -> {
        if (!request.equivalents().isAnswered(entry, key)) {
          yield askAlone();
        }
        joined();
        yield validated(entry, new Forward(304, Stored.ELSEWHERE, true));
      }
      case Verdict.Arrived(Found there) -> sameVariant(there);
      case Verdict.Plain.ALONE -> askAlone();
      case Verdict.Plain.AGAIN -> again();
      case Verdict.Plain.NOT_ASKED -> elect();
      case Verdict.Erred(int status) ->
          standIn(OptionalInt.of(status)).isPresent()
              ? failed(new IllegalStateException("status " + status), status, true)
              : again();
      case Verdict.Failed(Throwable cause) -> failed(cause, null, true);
    };
  }

  private Future<Void> readAlong(Fill fill, Verdict.Kept kept, BodyStream body) {
    CacheKey at = request.equivalents().keyOf(kept.fields());
    CacheKey mine = at.variant(kept.names(), request.selecting(kept.names()));
    if (!mine.equals(kept.key()) || (!at.equals(primary) && isPurged(fill, at, mine))) {
      body.leave();
      return askAlone();
    }
    joined();
    CacheStatus status = stored(Stored.ELSEWHERE, kept.validity(), true);
    if (Preconditions.clientHasIt(
        request.view().fields(), kept.status(), kept.fields(), System.currentTimeMillis())) {
      body.leave();
      return notModified(kept.fields(), kept.validity(), status);
    }
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    Answers.fields(headers, kept.fields(), age(kept.validity()));
    request.mark(headers, status, shown(kept.fields()));
    return exchange.reply().stream(new KeptResponse(kept.status(), headers, body));
  }

  /** By a key that nobody knew of who asked whether a purge concerns the fill. */
  private boolean isPurged(Fill fill, CacheKey at, CacheKey key) {
    return parts
        .log()
        .purges()
        .mayConcern(fill.fence().local(), request.place().subject(List.of(), at, key));
  }

  private Future<Void> sameVariant(Found there) {
    StoredResponse entry = there.entry();
    if (entry == null) {
      return askAlone();
    }
    VariantIndex index = there.index();
    CacheKey at = request.equivalents().keyOf(entry.fields());
    CacheKey mine =
        index == null ? at : at.variant(index.names(), request.selecting(index.names()));
    return (mine.equals(there.key()) ? usable(there) : Optional.<Serve>empty())
        .map(
            serve -> {
              joined();
              return arrived(there, serve);
            })
        .orElseGet(this::askAlone);
  }

  private void joined() {
    parts.observer().happened(Event.JOINED_IN_POD);
  }

  /** There was no answer to wait for: one more of those who waited asks, and after that all. */
  private Future<Void> again() {
    if (again) {
      return askAlone();
    }
    again = true;
    return elect();
  }

  /** The answer that was waited for is none for this request. */
  private Future<Void> askAlone() {
    return lead(fill(), FieldList.EMPTY);
  }

  private Future<Void> validated(StoredResponse entry, Forward forward) {
    Serve serve = Reuse.afterValidation(request.view(), entry, System.currentTimeMillis());
    return request.serve(
        entry, serve, CacheStatus.forwarded(reason, forward, serve.ttlSeconds()), found.key());
  }

  /**
   * The stale entry in place of a failure, or the failure.
   *
   * @param status the origin's; null: it gave none
   */
  private Future<Void> failed(Throwable cause, @Nullable Integer status, boolean collapsed) {
    Optional<Serve> serve = standIn(status == null ? OptionalInt.empty() : OptionalInt.of(status));
    StoredResponse entry = found.entry();
    if (serve.isEmpty() || entry == null || exchange.reply().begun()) {
      return Future.failedFuture(cause);
    }
    Forward forward = new Forward(status, Stored.ELSEWHERE, collapsed);
    return request.serve(
        entry,
        serve.get(),
        CacheStatus.forwarded(serve.get().reason(), forward, serve.get().ttlSeconds()),
        found.key());
  }

  private Optional<Serve> standIn(OptionalInt status) {
    StoredResponse entry = found.entry();
    return entry == null
        ? Optional.empty()
        : Reuse.afterError(
            request.view(), entry, status, request.recipe().policy(), System.currentTimeMillis());
  }

  private CacheStatus stored(Stored where, Validity validity, boolean collapsed) {
    long ttl = Math.floorDiv(Freshness.remaining(validity, System.currentTimeMillis()), 1000);
    return CacheStatus.forwarded(reason, new Forward(null, where, collapsed), ttl);
  }

  private static long age(Validity validity) {
    return Age.current(validity, System.currentTimeMillis()) / 1000;
  }
}
