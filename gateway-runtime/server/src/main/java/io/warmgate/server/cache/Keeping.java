package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.warmgate.config.admin.Miss;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.CacheStatus.Stored;
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
import io.warmgate.server.cache.store.SharedStore;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Worth;
import io.warmgate.server.traffic.Missed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a fetch's answer: whether, under which key and tags, while it is being read; and
 * what those who wait for the fetch ({@link Fill}) are told of it.
 */
final class Keeping {
  /** What says nothing of the next answer. */
  private static final Set<Reason> ACCIDENTS =
      Set.of(Reason.INCOMPLETE, Reason.STREAM_CUT, Reason.MODEL_ERROR, Reason.FALLBACK);

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
    return judge(declaredLength(response), answer, uses);
  }

  private Judgement judge(OptionalLong length, ResponseView answer, int uses) {
    StoreDecision decision =
        request.judged(
            Storage.decide(view, answer, request.storing(primary), System.currentTimeMillis()));
    return switch (decision) {
      case Skip(Reason why) -> new Judgement.Skipped(why);
      case Keep keep -> judge(length, keep, uses);
    };
  }

  private Judgement judge(OptionalLong length, Keep keep, int uses) {
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
    CacheKey at = request.equivalents().keyOf(keep.fields());
    VariantIndex index = known(at);
    if (index == null && keep.vary().isEmpty()) {
      return new Judgement.Kept(keep, tags.get(), at, at, null);
    }
    Optional<VariantIndex> named =
        (index == null ? VariantIndex.empty(at.material()) : index).withNames(keep.vary());
    if (named.isEmpty()) {
      return new Judgement.Skipped(Reason.VARY_LIMIT);
    }
    List<String> names = named.get().names();
    CacheKey key = at.variant(names, request.selecting(names));
    return named
        .get()
        .withVariant(key.id())
        .<Judgement>map(grown -> new Judgement.Kept(keep, tags.get(), at, key, grown))
        .orElseGet(() -> new Judgement.Skipped(Reason.VARY_LIMIT));
  }

  /** The variants of a key, as far as they are known. */
  private @Nullable VariantIndex known(CacheKey at) {
    return at.equals(primary)
        ? found.index()
        : parts.layers().local(at, request.place(), request::selecting).index();
  }

  private Outcome skip(OriginResponse response, Reason why) {
    if (response.status() >= 500) {
      // The next answer may be another one: one more of those who wait asks, not all at once.
      fill.end(Verdict.Plain.AGAIN);
    } else {
      if (why == Reason.RARELY_ASKED) {
        // Else no two of its URLs would be counted as one.
        request.equivalents().learn(new HeaderFields(response.headers()), fill.fence(), 0);
      } else if (view.isGet()) {
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
    return keepUnder(keepIndex(kept), response, kept);
  }

  /** The names that the answer was selected by. */
  private List<String> keepIndex(Judgement.Kept kept) {
    VariantIndex index = kept.index();
    if (index != null && !index.equals(known(kept.primary()))) {
      parts.layers().keep(kept.primary(), index, fill.fence(), kept.keep().retentionMillis());
    }
    return index == null ? List.of() : index.names();
  }

  /** What became of an answer that was there whole. */
  sealed interface Settled {
    /**
     * It is in this pod's memory, as far as that has room.
     *
     * @param toRedis has it kept there, once; the future does not fail
     */
    record Here(Keep keep, Supplier<Future<Boolean>> toRedis) implements Settled {}

    record Nowhere(Reason why) implements Settled {}
  }

  /**
   * Keeps an answer that is there whole, without a stream of its own: it came among others. Who
   * waits for it is told.
   *
   * @param answer its head
   * @param fields of it that have other values, by lower-case name
   */
  Settled whole(ResponseView answer, Map<String, String> fields, Buffer body) {
    int uses = treatment().admission().minUses() > 1 ? parts.uses().of(primary) : 0;
    return switch (judge(OptionalLong.of(body.length()), answer, uses)) {
      case Judgement.Skipped(Reason why) -> {
        if (why != Reason.RARELY_ASKED) {
          parts.layers().rememberNotKept(found.key(), why);
        }
        fill.alone();
        yield new Settled.Nowhere(why);
      }
      case Judgement.Kept kept -> whole(answer.status(), kept.with(fields), body);
    };
  }

  private Settled whole(int status, Judgement.Kept kept, Buffer body) {
    Keep keep = kept.keep();
    List<String> names = keepIndex(kept);
    settle(kept);
    StoredResponse entry = entry(status, kept, Bytes.of(body.getBytes()));
    long retention = keep.retentionMillis();
    parts.layers().keepHere(kept.primary(), kept.key(), entry, fill.fence(), retention);
    SharedBody shared = new SharedBody(Math.max(1, body.length()), () -> {}, () -> {});
    shared.add(body);
    shared.end();
    // Who comes now finds it in memory.
    fill.over();
    fill.decide(
        new Verdict.Kept(status, keep.fields(), keep.validity(), kept.key(), names, shared));
    return new Settled.Here(
        keep, () -> parts.layers().keepInRedis(kept.key(), entry, fill.fence(), retention));
  }

  private Outcome keepUnder(List<String> names, OriginResponse response, Judgement.Kept kept) {
    Keep keep = kept.keep();
    Valve valve = new Valve(response.body());
    SharedBody body =
        new SharedBody(
            Math.max(1, Math.min(largestBody(), parts.layers().largestHeld())),
            () -> context.runOnContext(_ -> valve.hold()),
            () -> context.runOnContext(_ -> valve.release()));
    Intake intake = new Intake(parts.layers(), kept.key(), fill.fence(), valve);
    if (response.isJudgedAtEnd()) {
      intake.giveUp();
    }
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
              switch (response.worth()) {
                case Worth.Nothing(Reason why) -> {
                  intake.giveUp();
                  worthNothing(why);
                }
                case Worth.Instead(Map<String, String> fields, Buffer other) ->
                    keepInstead(response.status(), kept.with(fields), other);
                case Worth.Apart _ -> throw new IllegalStateException("one question has no items");
                case Worth.Plain.AS_IT_CAME -> {
                  if (intake.isWriting() && !treatment().isTooSmall(intake.total())) {
                    keepLarge(response.status(), kept, body, intake);
                  } else if (!body.isOverLimit()) {
                    intake.giveUp();
                    keepWhole(response.status(), kept, body.whole());
                  }
                }
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
        new Verdict.Kept(
            response.status(), keep.fields(), keep.validity(), kept.key(), names, body));
    return new Outcome.Kept(response, keep, stored(response), body);
  }

  private void keepInstead(int status, Judgement.Kept kept, Buffer other) {
    if (other.length() > largestBody()) {
      worthNothing(Reason.TOO_LARGE);
    } else {
      keepWhole(status, kept, other.getBytes());
    }
  }

  /** Its end told that it is not for keeping. */
  private void worthNothing(Reason why) {
    request.exchange().notStored(why.token());
    if (ACCIDENTS.contains(why)) {
      fill.lease().end(End.LOOK);
    } else {
      parts.layers().rememberNotKept(found.key(), why);
      fill.lease().end(End.UNCACHEABLE);
    }
  }

  /** RFC 9211 §2.5: "stored" is said of what was stored, and a short answer is not. */
  private Stored stored(OriginResponse response) {
    boolean mayEndTooSoon = treatment().isTooSmall(0) && declaredLength(response).isEmpty();
    return mayEndTooSoon || response.isJudgedAtEnd() ? Stored.UNDECIDED : Stored.HERE;
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

  private void keepLarge(int status, Judgement.Kept kept, SharedBody shared, Intake intake) {
    long retention = kept.keep().retentionMillis();
    StoredResponse head = entry(status, kept, Bytes.EMPTY);
    settle(kept);
    if (!shared.isOverLimit()) {
      byte[] whole = shared.whole();
      sameAnswer(whole);
      Bytes body = Bytes.of(whole);
      parts.layers().keepHere(kept.primary(), kept.key(), head.with(body), fill.fence(), retention);
    }
    intake
        .end()
        .compose(
            body -> parts.layers().keepThere(kept.key(), head.with(body), fill.fence(), retention))
        .otherwise(false)
        .onSuccess(
            there -> {
              intake.done(there);
              fill.lease().end(there ? End.LOOK : End.NOT_IN_REDIS);
            });
  }

  private void keepWhole(int status, Judgement.Kept kept, byte[] body) {
    if (treatment().isTooSmall(body.length)) {
      request.exchange().notStored(Reason.TOO_SMALL.token());
      parts.layers().rememberNotKept(found.key(), Reason.TOO_SMALL);
      fill.lease().end(End.UNCACHEABLE);
      return;
    }
    sameAnswer(body);
    settle(kept);
    long retention = kept.keep().retentionMillis();
    StoredResponse entry = entry(status, kept, Bytes.of(body));
    parts
        .layers()
        .keep(kept.primary(), kept.key(), entry, fill.fence(), retention)
        .onSuccess(there -> fill.lease().end(there ? End.LOOK : End.NOT_IN_REDIS));
  }

  /** What its key and its query's say takes the place of what was known of them. */
  private void settle(Judgement.Kept kept) {
    if (!kept.primary().equals(primary) && found.entry() != null) {
      // The answer that was found would go on hiding this one from who asks for the same.
      parts.layers().drop(found.key(), fill.fence());
    }
    request.equivalents().learn(kept.keep().fields(), fill.fence(), kept.keep().retentionMillis());
  }

  /** Whether the key is the only new thing about it. */
  private void sameAnswer(byte[] body) {
    boolean repeated =
        parts.answers().repeats(request.recipe().generation(), request.place(), body);
    Missed missed = request.exchange().missed();
    if (repeated && missed != null && missed.why() == Miss.FIRST_SEEN) {
      request.exchange().missed(Missed.of(Miss.SAME_ANSWER));
    }
  }

  private StoredResponse entry(int status, Judgement.Kept kept, Bytes body) {
    Provenance provenance =
        new Provenance(
            kept.key().material(),
            request.recipe().generation(),
            fill.fence().logged(),
            kept.tags());
    return new StoredResponse(
        status, kept.keep().fields(), body, kept.keep().validity(), provenance);
  }

  /** Keeps the entry as a 304 made it anew. */
  void refreshed(StoredResponse fresh, Keep keep) {
    Optional<List<String>> tags = tags(fresh.fields());
    // Where it says other things of its query now, it has no business under this key.
    if (tags.isEmpty() || !request.equivalents().isAnswered(fresh, primary)) {
      parts.layers().drop(found.key(), fill.fence());
      fill.lease().end(End.LOOK);
    } else {
      request.equivalents().learn(fresh.fields(), fill.fence(), keep.retentionMillis());
      parts
          .layers()
          .keep(
              primary, found.key(), fresh.tagged(tags.get()), fill.fence(), keep.retentionMillis())
          .onComplete(_ -> fill.lease().end(End.LOOK));
    }
  }

  /** What the answer can be purged by; empty where that is more than is kept. */
  Optional<List<String>> tags(FieldList fields) {
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
