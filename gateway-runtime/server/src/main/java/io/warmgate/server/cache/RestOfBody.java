package io.warmgate.server.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.rule.Preconditions;
import io.warmgate.server.cache.ChunkStream.ByteSpan;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.exchange.OriginResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gets the end of an answer, of which the client has the beginning, from the origin.
 *
 * <p>RFC 9110 §15.3.7.3: "A client that has received multiple partial responses to GET requests on
 * a target resource MAY combine those responses into a larger continuous range if they share the
 * same strong validator."
 */
record RestOfBody(CachedRequest request, StoredResponse entry) {

  /**
   * @return an answer whose body is those bytes of the entry's; fails where there is none
   */
  Future<OriginResponse> ask(ByteSpan span) {
    String tag = entry.fields().first("etag");
    // A POST that is taken for a question is none to ask a range of (§14.2).
    if (tag == null || !tag.startsWith("\"") || entry.status() != 200 || request.isPosted()) {
      return Future.failedFuture("the rest cannot be asked for: no strong validator");
    }
    OriginRequest ask = request.shareable();
    Preconditions.EVALUATED_HERE.forEach(ask.headers()::remove);
    ask.headers().set(HttpHeaderNames.RANGE, "bytes=" + span.first() + "-" + span.last());
    ask.headers().set(HttpHeaderNames.IF_RANGE, tag);
    return request
        .origin()
        .fetch(ask)
        .head()
        .compose(
            answer -> {
              if (isThat(answer, span, tag)) {
                return Future.succeededFuture(answer);
              }
              answer.abort();
              return Future.failedFuture("the origin has another answer now");
            });
  }

  private boolean isThat(OriginResponse answer, ByteSpan span, String tag) {
    MultiMap fields = answer.headers();
    return answer.status() == 206
        && (span.first() + "-" + span.last() + "/" + entry.body().length())
            .equals(range(fields.get(HttpHeaderNames.CONTENT_RANGE)))
        && tag.equals(fields.get(HttpHeaderNames.ETAG))
        && sameIfSaid(HttpHeaderNames.CONTENT_ENCODING, fields);
  }

  private boolean sameIfSaid(CharSequence name, MultiMap fields) {
    String said = fields.get(name);
    return said == null || Objects.equals(said, entry.fields().first(name.toString()));
  }

  /** RFC 9110 §14.4; units are compared without case (§14.1). */
  private static @Nullable String range(@Nullable String field) {
    return field != null && field.regionMatches(true, 0, "bytes ", 0, 6)
        ? field.substring(6)
        : null;
  }
}
