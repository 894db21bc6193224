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
import org.jspecify.annotations.Nullable;

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
        .keep(found.key(), fresh.tagged(tags.get()), fill.fence(), keep.retentionMillis());
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
    boolean counted = treatment().admission().minUses() > 1;
    return switch (judge(response, answer, counted ? parts.uses().of(primary) : 0)) {
      case Judgement.Skipped(Reason why) -> skip(response, why);
      case Judgement.Kept kept -> keep(response, kept);
    };
  }

  /** What becomes of an answer, by the rules and within the limits. */
  sealed interface Judgement {

    /** It is not kept. */
    record Skipped(Reason why) implements Judgement {}

    /**
     * It is kept.
     *
     * @param tags it can be purged by
     * @param key of the entry
     * @param index of the primary key from then on; null: it has no variants
     */
    record Kept(Keep keep, List<String> tags, CacheKey key, @Nullable VariantIndex index)
        implements Judgement {}
  }

  /**
   * Judges a whole answer by its head. Nothing is done.
   *
   * @param uses how often it was asked for so far
   */
  Judgement judge(OriginResponse response, ResponseView answer, int uses) {
    StoreDecision decision =
        request.judged(
            Storage.decide(view, answer, request.storing(primary), System.currentTimeMillis()));
    return switch (decision) {
      case Skip(Reason why) -> new Judgement.Skipped(why);
      case Keep keep -> judge(response, keep, uses);
    };
  }

  private Judgement judge(OriginResponse response, Keep keep, int uses) {
    OptionalLong length = declaredLength(response);
    if (length.orElse(0) > largestBody()) {
      return new Judgement.Skipped(Reason.TOO_LARGE);
    }
    if (length.isPresent() && treatment().isTooSmall(length.getAsLong())) {
      return new Judgement.Skipped(Reason.TOO_SMALL);
    }
    int minUses = treatment().admission().minUses();
    if (found.entry() == null && minUses > 1 && uses < minUses) {
      return new Judgement.Skipped(Reason.RARELY_ASKED);
    }
    Optional<List<String>> tags = tags(keep.fields());
    if (tags.isEmpty()) {
      return new Judgement.Skipped(Reason.TAG_LIMIT);
    }
    VariantIndex index = found.index();
    if (index == null && keep.vary().isEmpty()) {
      return new Judgement.Kept(keep, tags.get(), primary, null);
    }
    Optional<VariantIndex> named =
        (index == null ? VariantIndex.empty(primary.material()) : index).withNames(keep.vary());
    if (named.isEmpty()) {
      return new Judgement.Skipped(Reason.VARY_LIMIT);
    }
    List<String> names = named.get().names();
    CacheKey key = primary.variant(names, request.selecting(names));
    return named
        .get()
        .withVariant(key.id())
        .<Judgement>map(grown -> new Judgement.Kept(keep, tags.get(), key, grown))
        .orElseGet(() -> new Judgement.Skipped(Reason.VARY_LIMIT));
  }

  private Outcome skip(OriginResponse response, Reason why) {
    if (response.status() >= 500) {
      // The next answer may be another one: one more of those who wait asks, not all at once.
      end(Verdict.Plain.AGAIN);
    } else {
      if (view.isGet() && why != Reason.RARELY_ASKED) {
        parts.layers().rememberNotKept(found.key(), why);
      }
      alone();
    }
    return new Outcome.PassedOn(response, why);
  }

  private Outcome keep(OriginResponse response, Judgement.Kept kept) {
    if (declaredLength(response).orElse(0) > SharedStore.LARGEST_BODY) {
      fill.lease().end(End.NOT_IN_REDIS);
    }
    Keep keep = kept.keep();
    VariantIndex index = kept.index();
    if (index != null && !index.equals(found.index())) {
      parts.layers().keep(primary, index, fill.fence(), keep.retentionMillis());
    }
    List<String> names = index == null ? List.of() : index.names();
    return keepUnder(kept.key(), names, response, new Tagged(keep, kept.tags()));
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
              request.exchange().notStored(Reason.INCOMPLETE.token());
              over();
              fill.lease().end(End.LOOK);
              body.fail(cause);
            })
        .endHandler(
            _ -> {
              if (body.isOverLimit() || response.hasExcess()) {
                if (!body.isOverLimit()) {
                  request.exchange().notStored(Reason.INCOMPLETE.token());
                }
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
                request.exchange().notStored(Reason.TOO_LARGE.token());
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
      request.exchange().notStored(Reason.TOO_SMALL.token());
      parts.layers().rememberNotKept(found.key(), Reason.TOO_SMALL);
      fill.lease().end(End.UNCACHEABLE);
      return;
    }
    StoredResponse entry = entry(key, status, kept, body, fill.fence());
    parts
        .layers()
        .keep(key, entry, fill.fence(), kept.keep().retentionMillis())
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
