package io.warmgate.server.cache;

import io.vertx.core.Context;
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
import io.warmgate.httpcache.rule.Storage;
import io.warmgate.httpcache.rule.StoreDecision;
import io.warmgate.httpcache.rule.StoreDecision.Keep;
import io.warmgate.httpcache.rule.StoreDecision.Skip;
import io.warmgate.server.cache.Fill.Verdict;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.lease.Lease.End;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.cache.store.SharedStore;
import io.warmgate.server.exchange.OriginResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What is kept of a fetch's answer: whether, under which key and tags, while it is being read; and
 * what those who wait for the fetch ({@link Fill}) are told of it.
 */
final class Keeping {
  private final CachedRequest request;
  private final HttpCache.Parts parts;
  private final RequestView view;
  private final CacheKey primary;
  private final Found found;
  private final Fill fill;
  private final Context context = Vertx.currentContext();

  Keeping(CachedRequest request, RequestView view, CacheKey primary, Found found, Fill fill) {
    this.request = request;
    this.parts = request.parts();
    this.view = view;
    this.primary = primary;
    this.found = found;
    this.fill = fill;
  }

  /** Decides about an answer, and keeps it where it may be. */
  Outcome of(OriginResponse response, ResponseView answer) {
    boolean counted = treatment().admission().minUses() > 1;
    return switch (judge(response, answer, counted ? parts.uses().of(primary) : 0)) {
      case Judgement.Skipped(Reason why) -> skip(response, why);
      case Judgement.Kept kept -> keep(response, kept);
    };
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
      fill.end(Verdict.Plain.AGAIN);
    } else {
      if (view.isGet() && why != Reason.RARELY_ASKED) {
        parts.layers().rememberNotKept(found.key(), why);
      }
      fill.alone();
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
    Valve valve = new Valve(response.body());
    SharedBody body =
        new SharedBody(
            Math.max(1, Math.min(largestBody(), parts.layers().largestHeld())),
            () -> context.runOnContext(_ -> valve.hold()),
            () -> context.runOnContext(_ -> valve.release()));
    Intake intake = new Intake(parts.layers(), key, fill.fence(), valve);
    response
        .body()
        .exceptionHandler(
            cause -> {
              request.exchange().notStored(Reason.INCOMPLETE.token());
              intake.giveUp();
              fill.over();
              fill.lease().end(End.LOOK);
              body.fail(cause);
            })
        .endHandler(
            _ -> {
              if (response.hasExcess()) {
                request.exchange().notStored(Reason.INCOMPLETE.token());
                intake.giveUp();
                fill.lease().end(End.LOOK);
              } else if (intake.isWriting()) {
                keepLarge(key, response.status(), kept, body, intake);
              } else if (!body.isOverLimit()) {
                keepWhole(key, response.status(), kept, body.whole());
              }
              fill.over();
              body.end();
            })
        .handler(
            chunk -> {
              body.add(chunk);
              intake.add(chunk);
              pastWhole(response, body, intake);
            });
    fill.decide(
        new Verdict.Kept(response.status(), keep.fields(), keep.validity(), key, names, body));
    return new Outcome.Kept(response, keep, body);
  }

  /**
   * A body that is larger than what is held whole goes on to Redis in chunks; where it does not,
   * nobody waits for it, and with its last reader it ends.
   */
  private void pastWhole(OriginResponse response, SharedBody body, Intake intake) {
    if (intake.total() > largestBody()) {
      intake.giveUp();
    }
    if (!body.isOverLimit()) {
      return;
    }
    fill.over();
    if (!intake.isNear(declaredLength(response).orElse(-1))) {
      fill.lease().end(End.NOT_IN_REDIS);
    }
    if (!intake.isWriting()) {
      request.exchange().notStored(Reason.TOO_LARGE.token());
      if (body.isAlone()) {
        response.abort();
      }
    }
  }

  private void keepLarge(CacheKey key, int status, Tagged kept, SharedBody shared, Intake intake) {
    Fence fence = fill.fence();
    long retention = kept.keep().retentionMillis();
    StoredResponse head = entry(key, status, kept, Bytes.EMPTY, fence);
    if (!shared.isOverLimit()) {
      Bytes whole = Bytes.of(shared.whole());
      parts.layers().keepHere(primary, key, head.with(whole), fence, retention);
    }
    intake
        .end()
        .compose(body -> parts.layers().keepThere(key, head.with(body), fence, retention))
        .otherwise(false)
        .onSuccess(
            there -> {
              intake.done(there);
              fill.lease().end(there ? End.LOOK : End.NOT_IN_REDIS);
            });
  }

  private void keepWhole(CacheKey key, int status, Tagged kept, byte[] body) {
    if (treatment().isTooSmall(body.length)) {
      request.exchange().notStored(Reason.TOO_SMALL.token());
      parts.layers().rememberNotKept(found.key(), Reason.TOO_SMALL);
      fill.lease().end(End.UNCACHEABLE);
      return;
    }
    StoredResponse entry = entry(key, status, kept, Bytes.of(body), fill.fence());
    parts
        .layers()
        .keep(primary, key, entry, fill.fence(), kept.keep().retentionMillis())
        .onSuccess(there -> fill.lease().end(there ? End.LOOK : End.NOT_IN_REDIS));
  }

  private StoredResponse entry(CacheKey key, int status, Tagged kept, Bytes body, Fence fence) {
    return new StoredResponse(
        status,
        kept.keep().fields(),
        body,
        kept.keep().validity(),
        new Provenance(key.material(), request.recipe().generation(), fence.logged(), kept.tags()));
  }

  /** Keeps the entry as a 304 made it anew. */
  void refreshed(StoredResponse fresh, Keep keep) {
    Optional<List<String>> tags = tags(fresh.fields());
    if (tags.isEmpty()) {
      parts.layers().drop(found.key(), fill.fence());
      fill.lease().end(End.LOOK);
    } else {
      parts
          .layers()
          .keep(
              primary, found.key(), fresh.tagged(tags.get()), fill.fence(), keep.retentionMillis())
          .onComplete(_ -> fill.lease().end(End.LOOK));
    }
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
