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
      fill.end(Verdict.Plain.AGAIN);
    } else {
      if (view.isGet()) {
        parts.layers().rememberNotKept(found.key());
      }
      fill.alone();
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
      fill.alone();
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
              fill.over();
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
              fill.over();
              body.end();
            })
        .handler(
            chunk -> {
              body.add(chunk);
              if (body.isOverLimit()) {
                fill.over();
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

  /** Keeps the entry as a 304 made it anew. */
  void refreshed(StoredResponse fresh, Keep keep) {
    Optional<List<String>> tags = tags(fresh.fields());
    if (tags.isEmpty()) {
      parts.layers().drop(found.key(), fill.fence());
      fill.lease().end(End.LOOK);
    } else {
      parts
          .layers()
          .keep(primary, found.key(), fresh.tagged(tags.get()), fill.fence(), keep.retentionMillis())
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
