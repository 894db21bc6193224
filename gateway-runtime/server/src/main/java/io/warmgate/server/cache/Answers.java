package io.warmgate.server.cache;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.Decision.Plain;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.rule.ByteRanges;
import io.warmgate.httpcache.rule.Preconditions;
import io.warmgate.httpcache.rule.TargetedCacheControl;
import io.warmgate.server.cache.store.HitHead;
import io.warmgate.server.exchange.Reply;
import org.jspecify.annotations.Nullable;

/** Writes what comes out of the cache. */
final class Answers {
  /** RFC 9211 §2: this cache's name. */
  static final String NAME = "warmgate";

  private static final CharSequence CACHE_STATUS = AsciiString.cached("cache-status");

  private Answers() {}

  /**
   * A hit in memory.
   *
   * @param head what hits begin with; null: made anew
   */
  static Future<Void> local(
      Reply reply,
      Fields request,
      StoredResponse entry,
      Serve serve,
      CacheStatus status,
      @Nullable HitHead head) {
    if (head == null || serve.form() != Plain.WHOLE || status.key() != null) {
      return entry(reply, request, entry, serve, status);
    }
    reply.status(entry.status());
    Buffer body = slice(entry.whole(), 0, entry.body().length());
    MultiMap shared = head.shared(entry, serve, NAME);
    if (shared != null) {
      return reply.end(shared, body);
    }
    head.add(reply.headers(), entry);
    reply.headers().set(HttpHeaderNames.AGE, Long.toString(serve.ageSeconds()));
    reply.headers().add(CACHE_STATUS, status.render(NAME));
    return reply.end(body);
  }

  /** The head and body of what an entry answers. */
  static Future<Void> entry(
      Reply reply, Fields request, StoredResponse entry, Serve serve, CacheStatus status) {
    int length = entry.body().length();
    return switch (serve.form()) {
      case Plain.NOT_MODIFIED -> {
        notModified(reply, entry.fields(), serve.ageSeconds());
        mark(reply.headers(), status);
        yield reply.end();
      }
      case Plain.WHOLE -> {
        reply.status(entry.status());
        fields(reply.headers(), entry.fields(), serve.ageSeconds());
        mark(reply.headers(), status);
        yield reply.end(slice(entry.whole(), 0, length));
      }
      case Plain.UNSATISFIABLE -> {
        reply.status(416);
        fields(reply.headers(), ByteRanges.unsatisfiable(length), serve.ageSeconds());
        mark(reply.headers(), status);
        yield reply.end(Buffer.buffer());
      }
      case Part part -> {
        reply.status(206);
        FieldList partial = ByteRanges.partial(request, entry.fields(), part, length);
        fields(reply.headers(), partial, serve.ageSeconds());
        mark(reply.headers(), status);
        int first = (int) part.first();
        yield reply.end(slice(entry.whole(), first, (int) part.last() + 1 - first));
      }
    };
  }

  private static Buffer slice(Bytes body, int from, int length) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(body.array(), from, length));
  }

  /** The head of a 304: the client has already what would be sent. */
  static void notModified(Reply reply, FieldList stored, long ageSeconds) {
    reply.status(304);
    fields(reply.headers(), Preconditions.notModified(stored), ageSeconds);
  }

  /** Stored fields, and the {@code Age} to send with them (RFC 9111 §5.1). */
  static void fields(MultiMap headers, FieldList stored, long ageSeconds) {
    for (int i = 0; i < stored.size(); i++) {
      headers.add(stored.name(i), stored.value(i));
    }
    headers.set(HttpHeaderNames.AGE, Long.toString(ageSeconds));
  }

  /**
   * Appends this cache's member to {@code Cache-Status}; takes off what is for this cache alone.
   */
  static void mark(MultiMap headers, CacheStatus status) {
    headers.remove(TargetedCacheControl.OURS);
    headers.add(CACHE_STATUS, status.render(NAME));
  }
}
