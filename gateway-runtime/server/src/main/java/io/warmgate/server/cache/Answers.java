package io.warmgate.server.cache;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Form;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.rule.Preconditions;
import io.warmgate.server.cache.store.HitHead;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Reply;
import org.jspecify.annotations.Nullable;

/** Writes what comes out of the cache. */
final class Answers {
  /** RFC 9211 §2: this cache's name. */
  static final String NAME = "warmgate";

  private static final CharSequence CACHE_STATUS = "cache-status";

  private Answers() {}

  /**
   * A hit in memory.
   *
   * @param head what hits begin with; null: made anew
   */
  static Future<Void> local(
      Exchange exchange, StoredResponse entry, Decision.Serve serve, @Nullable HitHead head) {
    MultiMap fields =
        head == null || serve.form() != Form.WHOLE ? null : head.fields(entry, serve, NAME);
    if (fields == null) {
      return entry(exchange, entry, serve, CacheStatus.hit(serve));
    }
    exchange.reason(serve.reason().token());
    return exchange.reply().status(entry.status()).end(fields, body(entry));
  }

  private static Buffer body(StoredResponse entry) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(entry.body().array()));
  }

  /** An entry, or the 304 that stands for it. */
  static Future<Void> entry(
      Exchange exchange, StoredResponse entry, Decision.Serve serve, CacheStatus status) {
    exchange.reason(serve.reason().token());
    Reply reply = exchange.reply();
    if (serve.form() == Form.NOT_MODIFIED) {
      return notModified(reply, entry.fields(), serve.ageSeconds(), status);
    }
    reply.status(entry.status());
    fields(reply.headers(), entry.fields(), serve.ageSeconds());
    mark(reply.headers(), status);
    return reply.end(body(entry));
  }

  /** That the client has already what would be sent. */
  static Future<Void> notModified(
      Reply reply, FieldList stored, long ageSeconds, CacheStatus status) {
    reply.status(304);
    fields(reply.headers(), Preconditions.notModified(stored), ageSeconds);
    mark(reply.headers(), status);
    return reply.end();
  }

  /** Stored fields, and the {@code Age} to send with them (RFC 9111 §5.1). */
  static void fields(MultiMap headers, FieldList stored, long ageSeconds) {
    for (int i = 0; i < stored.size(); i++) {
      headers.add(stored.name(i), stored.value(i));
    }
    headers.set(HttpHeaderNames.AGE, Long.toString(ageSeconds));
  }

  /** Appends this cache's member to {@code Cache-Status}. */
  static void mark(MultiMap headers, CacheStatus status) {
    headers.add(CACHE_STATUS, status.render(NAME));
  }
}
