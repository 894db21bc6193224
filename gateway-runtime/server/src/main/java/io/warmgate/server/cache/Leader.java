package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.CacheGroups;
import io.warmgate.httpcache.rule.Preconditions;
import io.warmgate.httpcache.rule.Reuse;
import io.warmgate.httpcache.rule.Storage;
import io.warmgate.httpcache.rule.StoreDecision;
import io.warmgate.httpcache.rule.StoreDecision.Keep;
import io.warmgate.httpcache.rule.StoreDecision.Skip;
import io.warmgate.httpcache.rule.Validation;
import io.warmgate.server.cache.Fill.Verdict;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.lease.Lease.End;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.cache.store.SharedStore;
import io.warmgate.server.exchange.Observer.Event;
import io.warmgate.server.exchange.Observer.Part;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.OriginResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One fetch from the origin for a key: asks, decides what the answer means for the cache, keeps it,
 * and tells those who wait ({@link Fill}). Whether a client reads along is not its concern, so that
 * a client that goes away does not end it, and a revalidation in the background needs none.
 */
final class Leader {
  private final CachedRequest request;
  private final HttpCache.Parts parts;
  private final RequestView view;
  private final CacheKey primary;
  private final Found found;
  private final Fill fill;
  private final Context context = Vertx.currentContext();

  /** What came of it; there was no answer where the future fails. */
  sealed interface Outcome {

    /**
     * The answer is being kept: its body flows once {@link Leader#flow} is called.
     *
     * @param response its head, as the origin gave it
     */
    record Kept(OriginResponse response, Keep keep, SharedBody body) implements Outcome {}

    /** The entry is right, and was stored anew. */
    record Refreshed(StoredResponse entry, int status) implements Outcome {}

    /** The entry is right for this once. */
    record RefreshedOnce(StoredResponse entry, int status, Reason notStored) implements Outcome {}

    /** The answer is the asker's alone; its body was not touched. */
    record PassedOn(OriginResponse response, Reason notStored) implements Outcome {}

    /** The origin failed, and the stale entry may stand in. */
    record Erred(int status) implements Outcome {}
  }

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
                fail(e);
                done.tryFail(e);
              }
            },
            failure -> {
              parts.observer().happened(Event.ORIGIN_FAILED);
              fail(failure);
              done.tryFail(failure);
            });
    return done.future();
  }

  /** Lets the body of an answer that is kept flow. */
  static void flow(Outcome.Kept kept) {
    kept.response().body().resume();
  }

  private void fail(Throwable cause) {
    end(new Verdict.Failed(cause));
  }

  private Future<Outcome> head(FieldList conditions, OriginResponse response, long sent) {
    long now = System.currentTimeMillis();
    ResponseView answer =
        new ResponseView(response.status(), new HeaderFields(response.headers()), sent, now);
    StoredResponse entry = found.entry();
    if (entry != null && mayStandIn(entry, response.status(), now)) {
      response.abort();
      end(new Verdict.Erred(response.status()));
      return done(new Outcome.Erred(response.status()));
    }
    if (conditions.size() == 0 || entry == null) {
      return done(whole(response, answer));
    }
    Validation.Outcome outcome =
        Validation.apply(view, entry, answer, fill.fence().logged(), request.storing(primary));
    return switch (outcome) {
      case Validation.Refreshed(StoredResponse fresh, Keep keep) -> {
        response.abort();
        keepRefreshed(fresh, keep).onComplete(_ -> fill.lease().end(End.LOOK));
        over();
        fill.decide(new Verdict.Refreshed(fresh));
        yield done(new Outcome.Refreshed(fresh, response.status()));
      }
      case Validation.RefreshedOnce(StoredResponse once, Reason why) -> {
        response.abort();
        parts.layers().drop(found.key(), fill.fence());
        alone();
        yield done(new Outcome.RefreshedOnce(once, response.status(), why));
      }
      case Validation.Replaced() -> done(whole(response, answer));
      case Validation.PassedOn(Reason why) -> {
        alone();
        yield done(new Outcome.PassedOn(response, why));
      }
      case Validation.AskAgain(_) -> {
        response.abort();
        parts.layers().drop(found.key(), fill.fence());
        yield ask(FieldList.EMPTY);
      }
      case Validation.PassedOnAndStale(Reason why) -> {
        parts.layers().drop(found.key(), fill.fence());
        alone();
        yield done(new Outcome.PassedOn(response, why));
      }
    };
  }

  private Future<Boolean> keepRefreshed(StoredResponse fresh, Keep keep) {
    Optional<List<String>> tags = tags(fresh.fields());
    if (tags.isEmpty()) {
      parts.layers().drop(found.key(), fill.fence());
      return Future.succeededFuture(false);
    }
    return parts
        .layers()
        .keep(primary, found.key(), fresh.tagged(tags.get()), fill.fence(), keep.retentionMillis());
  }

  /** What the answer can be purged by; empty where that is more than is kept. */
  private Optional<List<String>> tags(FieldList fields) {
    return request
        .recipe()
        .tags()
        .tags(fields)
        .flatMap(
            tags ->
                CacheGroups.tags(view.target(), fields)
                    .map(groups -> Stream.concat(tags.stream(), groups.stream()).toList()));
  }

  private static Future<Outcome> done(Outcome outcome) {
    return Future.succeededFuture(outcome);
  }

  private boolean mayStandIn(StoredResponse entry, int status, long now) {
    return Reuse.afterError(view, entry, OptionalInt.of(status), request.recipe().policy(), now)
        .isPresent();
  }

  private Outcome whole(OriginResponse response, ResponseView answer) {
    StoreDecision decision =
        request.judged(
            Storage.decide(view, answer, request.storing(primary), System.currentTimeMillis()));
    return switch (decision) {
      case Skip(Reason why) -> skip(response, why);
      case Keep keep -> keep(response, keep);
    };
  }

  private Outcome skip(OriginResponse response, Reason why) {
    if (response.status() >= 500) {
      // The next answer may be another one: one more of those who wait asks, not all at once.
      end(Verdict.Plain.AGAIN);
    } else {
      if (view.isGet()) {
        parts.layers().rememberNotKept(found.key());
      }
      alone();
    }
    return new Outcome.PassedOn(response, why);
  }

  private Outcome keep(OriginResponse response, Keep keep) {
    OptionalLong length = declaredLength(response);
    if (length.orElse(0) > largestBody()) {
      return skip(response, Reason.TOO_LARGE);
    }
    if (length.isPresent() && treatment().isTooSmall(length.getAsLong())) {
      return skip(response, Reason.TOO_SMALL);
    }
    if (found.entry() == null
        && treatment().admission().minUses() > 1
        && parts.uses().of(primary) < treatment().admission().minUses()) {
      alone();
      return new Outcome.PassedOn(response, Reason.RARELY_ASKED);
    }
    if (length.orElse(0) > SharedStore.LARGEST_BODY) {
      fill.lease().end(End.NOT_IN_REDIS);
    }
    Optional<List<String>> tags = tags(keep.fields());
    if (tags.isEmpty()) {
      return skip(response, Reason.TAG_LIMIT);
    }
    Tagged kept = new Tagged(keep, tags.get());
    VariantIndex index = found.index();
    if (index == null && keep.vary().isEmpty()) {
      return keepUnder(primary, List.of(), response, kept);
    }
    Optional<VariantIndex> named =
        (index == null ? VariantIndex.empty(primary.material()) : index).withNames(keep.vary());
    if (named.isEmpty()) {
      return skip(response, Reason.VARY_LIMIT);
    }
    List<String> names = named.get().names();
    CacheKey key = primary.variant(names, request.selecting(names));
    Optional<VariantIndex> grown = named.get().withVariant(key.id());
    if (grown.isEmpty()) {
      return skip(response, Reason.VARY_LIMIT);
    }
    if (!grown.get().equals(index)) {
      parts.layers().keep(primary, grown.get(), fill.fence(), keep.retentionMillis());
    }
    return keepUnder(key, names, response, kept);
  }

  /** What is kept, and under which tags. */
  private record Tagged(Keep keep, List<String> tags) {}

  private Outcome keepUnder(
      CacheKey key, List<String> names, OriginResponse response, Tagged kept) {
    Keep keep = kept.keep();
    SharedBody body =
        new SharedBody(
            Math.max(1, largestBody()),
            () -> context.runOnContext(_ -> response.body().pause()),
            () -> context.runOnContext(_ -> response.body().resume()));
    response
        .body()
        .exceptionHandler(
            cause -> {
              over();
              fill.lease().end(End.LOOK);
              body.fail(cause);
            })
        .endHandler(
            _ -> {
              if (body.isOverLimit() || response.hasExcess()) {
                fill.lease().end(End.LOOK);
              } else {
                keepWhole(key, response.status(), kept, body.whole());
              }
              over();
              body.end();
            })
        .handler(
            chunk -> {
              body.add(chunk);
              if (body.isOverLimit()) {
                over();
                fill.lease().end(End.NOT_IN_REDIS);
                if (body.isAlone()) {
                  response.abort();
                }
              }
            });
    fill.decide(
        new Verdict.Kept(response.status(), keep.fields(), keep.validity(), key, names, body));
    return new Outcome.Kept(response, keep, body);
  }

  private void keepWhole(CacheKey key, int status, Tagged kept, byte[] body) {
    if (treatment().isTooSmall(body.length)) {
      parts.layers().rememberNotKept(found.key());
      fill.lease().end(End.UNCACHEABLE);
      return;
    }
    StoredResponse entry = entry(key, status, kept, body, fill.fence());
    parts
        .layers()
        .keep(primary, key, entry, fill.fence(), kept.keep().retentionMillis())
        .onSuccess(there -> fill.lease().end(there ? End.LOOK : End.NOT_IN_REDIS));
  }

  private StoredResponse entry(CacheKey key, int status, Tagged kept, byte[] body, Fence fence) {
    return new StoredResponse(
        status,
        kept.keep().fields(),
        Bytes.of(body),
        kept.keep().validity(),
        new Provenance(key.material(), request.recipe().generation(), fence.logged(), kept.tags()));
  }

  private void alone() {
    over();
    fill.decide(Verdict.Plain.ALONE);
    fill.lease().end(End.UNCACHEABLE);
  }

  /** There is nothing to share, and who waits may ask again. */
  private void end(Verdict verdict) {
    over();
    fill.decide(verdict);
    fill.lease().end(End.LOOK);
  }

  /** Nobody joins it any more. */
  private void over() {
    parts.fills().remove(found.key(), fill);
  }

  private Treatment treatment() {
    return request.recipe().treatment();
  }

  private long largestBody() {
    return treatment().largestBody(parts.layers().largestBody());
  }

  private static OptionalLong declaredLength(OriginResponse response) {
    String length = response.headers().get("content-length");
    try {
      return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
