package io.warmgate.server.cache;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.warmgate.config.Admission;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.Decision.Form;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Plain;
import io.warmgate.httpcache.Decision.Refuse;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.ByteRanges;
import io.warmgate.httpcache.rule.RangeDecision;
import io.warmgate.httpcache.rule.RangeDecision.Answer;
import io.warmgate.httpcache.rule.RangeDecision.Ask;
import io.warmgate.httpcache.rule.RangeDecision.Otherwise;
import io.warmgate.httpcache.rule.RangeReuse;
import io.warmgate.server.cache.Incomplete.At;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.cache.RangeFill.Verdict;
import io.warmgate.server.cache.RangeFill.Wanted;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Observer.Event;
import io.warmgate.server.exchange.Reply;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cache's way with a request for a range whose whole is not stored: look for parts, in memory
 * and in Redis; answer from them, or ask the origin for what is missing ({@link RangeFetch}), one
 * of those who ask for the same.
 */
final class RangeRequest {
  private final CachedRequest request;
  private final HttpCache.Parts parts;
  private final Exchange exchange;
  private final Found found;
  private final At at;

  /** Whether it was waited for another's fetch: the next one is its own. */
  private boolean again;

  /**
   * @param found by the lookup of the whole: no entry
   */
  RangeRequest(CachedRequest request, CacheKey primary, Found found) {
    this.request = request;
    this.parts = request.parts();
    this.exchange = request.exchange();
    this.found = found;
    this.at = new At(primary, found.key(), request.place());
  }

  Future<Void> answer() {
    PartialResponse local = incomplete().local(at);
    Fence fence = parts.log().purges().fence();
    if (decide(local) instanceof Answer || !parts.layers().hasShared(fence)) {
      return act(local);
    }
    return incomplete()
        .shared(at, fence)
        .recover(_ -> Future.succeededFuture(null))
        .compose(shared -> act(better(shared, local)));
  }

  /** What of an incomplete entry is done. */
  RangeDecision decide(@Nullable PartialResponse entry) {
    RangeDecision decision =
        RangeReuse.decide(
            request.view(),
            entry,
            found.why(),
            request.recipe().policy(),
            System.currentTimeMillis());
    return request.recipe().treatment().forbidsStoring(request.view())
        ? RangeReuse.withoutStoring(decision)
        : decision;
  }

  private @Nullable PartialResponse better(
      @Nullable PartialResponse shared, @Nullable PartialResponse local) {
    return local == null || decide(shared) instanceof Answer ? shared : local;
  }

  private Future<Void> act(@Nullable PartialResponse entry) {
    return switch (decide(entry)) {
      case Answer(Serve serve) -> serve(entry, serve, CacheStatus.hit(serve));
      case Ask ask -> isNotKept() ? pass() : elect(ask, entry);
      case Otherwise(Pass pass) -> request.pass(pass);
      case Otherwise(Refuse(Reason reason, int status)) -> request.refuse(reason, status);
      case Otherwise _ -> pass();
    };
  }

  /** As it came: its answer is this client's alone. */
  Future<Void> pass() {
    return request.pass(new Pass(Reason.RANGE, Reason.RANGE));
  }

  /** What is too large as a whole may be kept in parts. */
  private boolean isNotKept() {
    return parts.layers().wasNotKept(at.key())
        || parts.layers().whyNotKept(at.whole()).filter(why -> why != Reason.TOO_LARGE).isPresent();
  }

  private Future<Void> elect(Ask ask, @Nullable PartialResponse entry) {
    exchange.reason(ask.reason().token());
    Wanted wanted = new Wanted(at.whole(), RangeReuse.wanted(request.view()).orElseThrow());
    RangeFill mine = new RangeFill(wanted, parts.log().purges().fence(), parts.ranges());
    if (again) {
      return new RangeFetch(this, entry, ask, mine).answer();
    }
    Admission admission = request.recipe().treatment().admission();
    if (admission.minUses() > 1) {
      parts.uses().used(at.primary(), admission.withinMillis());
    }
    RangeFill running =
        parts
            .ranges()
            .compute(wanted, (_, other) -> other != null && joinable(other) ? other : mine);
    return running == mine
        ? new RangeFetch(this, entry, ask, mine).answer()
        : follow(running, ask.reason());
  }

  /** A request that arrives after a purge was applied never joins a fill begun before it. */
  private boolean joinable(RangeFill other) {
    return !other.isLate()
        && !parts
            .log()
            .purges()
            .mayConcern(
                other.fence().local(), at.place().subject(List.of(), at.primary(), at.whole()));
  }

  private Future<Void> follow(RangeFill fill, Reason reason) {
    return Following.of(
        fill.verdict(),
        new Verdict.Look(),
        verdict -> verdict instanceof Verdict.Kept kept ? kept.body() : null,
        (verdict, place) -> followed(verdict, place, reason));
  }

  private Future<Void> followed(Verdict verdict, @Nullable BodyStream place, Reason reason) {
    if (verdict instanceof Verdict.Kept kept && place != null && isFor(kept)) {
      parts.observer().happened(Event.JOINED_IN_POD);
      return new PartAnswer(request, reason, kept).stream(place, CacheStatus.Stored.ELSEWHERE);
    }
    if (place != null) {
      place.leave();
    }
    again = true;
    return answer();
  }

  private boolean isFor(Verdict.Kept kept) {
    return kept.key().equals(at.primary().variant(kept.names(), request.selecting(kept.names())))
        && RangeReuse.isFor(request.view(), kept.fields(), System.currentTimeMillis());
  }

  /** Answers from an incomplete entry. */
  Future<Void> serve(@Nullable PartialResponse entry, Serve serve, CacheStatus status) {
    if (entry == null) {
      throw new IllegalStateException("an entry is served");
    }
    Form form = serve.form();
    StoredResponse head = entry.head();
    if (!(form instanceof Part part)) {
      exchange.reason(serve.reason().token());
      Reply reply = exchange.reply();
      if (form == Plain.UNSATISFIABLE) {
        Answers.fields(
            reply.status(416).headers(),
            ByteRanges.unsatisfiable(entry.length()),
            serve.ageSeconds());
      } else {
        Answers.notModified(reply, head.fields(), serve.ageSeconds());
      }
      request.mark(reply.headers(), status, at.whole());
      return form == Plain.UNSATISFIABLE ? reply.end(Buffer.buffer()) : reply.end();
    }
    exchange.reason(serve.reason().token());
    Reply reply = exchange.reply().status(206);
    Answers.fields(
        reply.headers(),
        ByteRanges.partial(request.view().fields(), head.fields(), part, entry.length()),
        serve.ageSeconds());
    request.mark(reply.headers(), status, at.whole());
    return reply.end(buffer(entry.bytes(part)));
  }

  /** The bytes themselves: nothing is copied. */
  static Buffer buffer(List<ByteBuffer> slices) {
    return BufferInternal.buffer(
        Unpooled.wrappedBuffer(slices.size(), slices.toArray(ByteBuffer[]::new)));
  }

  Incomplete incomplete() {
    return parts.layers().incomplete();
  }

  CachedRequest request() {
    return request;
  }

  Found found() {
    return found;
  }

  At at() {
    return at;
  }
}
