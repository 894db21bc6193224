package io.warmgate.server.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.rule.Age;
import io.warmgate.httpcache.rule.ByteRanges;
import io.warmgate.httpcache.rule.Freshness;
import io.warmgate.httpcache.rule.Preconditions;
import io.warmgate.server.cache.RangeFill.Verdict;
import io.warmgate.server.exchange.Reply;

/**
 * The answer to one of those who asked for a range that is being fetched and kept.
 *
 * @param reason why it is fetched
 */
record PartAnswer(CachedRequest request, Reason reason, Verdict.Kept kept) {

  /** The part as it comes; or nothing of it, where the client has it (RFC 9110 §13.2.2). */
  Future<Void> stream(BodyStream body, CacheStatus.Stored where) {
    long now = System.currentTimeMillis();
    Validity validity = kept.validity();
    CacheStatus status =
        CacheStatus.forwarded(
            reason,
            new CacheStatus.Forward(null, where, where == CacheStatus.Stored.ELSEWHERE),
            Math.floorDiv(Freshness.remaining(validity, now), 1000));
    long age = Age.current(validity, now) / 1000;
    Reply reply = request.exchange().reply();
    if (Preconditions.clientHasIt(request.view().fields(), 200, kept.fields(), now)) {
      body.leave();
      Answers.notModified(reply, kept.fields(), age);
      request.mark(reply.headers(), status, kept.key());
      return reply.end();
    }
    Part part = kept.part();
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    Answers.fields(
        headers,
        ByteRanges.partial(request.view().fields(), kept.fields(), part, kept.length()),
        age);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(part.last() + 1 - part.first()));
    request.mark(headers, status, kept.key());
    return reply.stream(new KeptResponse(206, headers, body));
  }
}
