package io.warmgate.server.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.warmgate.httpcache.CacheStatus;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.ByteRanges;
import io.warmgate.server.cache.ChunkStream.ByteSpan;
import io.warmgate.server.cache.log.Fence;
import io.warmgate.server.cache.store.ChunkLost;
import io.warmgate.server.cache.store.ChunkShelf;
import io.warmgate.server.exchange.OriginResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer from an entry whose body lies in Redis in chunks. Its head is sent when the first of
 * them is here; before that it is as if Redis had nothing.
 */
final class ChunkedAnswer {
  /** A client waits for the first chunk, and the origin may be there. */
  private static final long FIRST_MILLIS = 100;

  private final CachedRequest request;
  private final StoredResponse entry;
  private final ChunkedBody body;
  private final Serve serve;
  private final CacheStatus status;
  private final CacheKey key;
  private final Layers layers;
  private final Fence fence;
  private final Context context = Vertx.currentContext();

  ChunkedAnswer(
      CachedRequest request,
      StoredResponse entry,
      ChunkedBody body,
      Serve serve,
      CacheStatus status,
      CacheKey key) {
    this.request = request;
    this.entry = entry;
    this.body = body;
    this.serve = serve;
    this.status = status;
    this.key = key;
    this.layers = request.parts().layers();
    this.fence = request.parts().log().purges().fence();
  }

  Future<Void> whole() {
    return send(entry.status(), entry.fields(), new ByteSpan(0, body.length() - 1));
  }

  Future<Void> part(Part part) {
    FieldList fields =
        ByteRanges.partial(request.view().fields(), entry.fields(), part, body.length());
    return send(206, fields, new ByteSpan((int) part.first(), (int) part.last()));
  }

  private Future<Void> send(int code, FieldList fields, ByteSpan span) {
    ChunkShelf shelf = layers.shelf(key, fence);
    if (shelf == null) {
      return request.withoutShared();
    }
    ChunkStream stream =
        new ChunkStream(
            context,
            body,
            span,
            chunk -> shelf.get(body, chunk),
            (lost, from) -> rest(lost, new ByteSpan(from, span.last())));
    if (request.view().isHead()) {
      return write(code, fields, span, stream);
    }
    // On this event loop, also where time is up.
    Promise<Void> first = ((ContextInternal) context).promise();
    stream.first().onComplete(first);
    return first
        .future()
        .timeout(FIRST_MILLIS, TimeUnit.MILLISECONDS)
        .transform(
            there -> {
              if (there.succeeded()) {
                return write(code, fields, span, stream);
              }
              stream.leave();
              forget(there.cause());
              return request.withoutShared();
            });
  }

  private Future<Void> write(int code, FieldList fields, ByteSpan span, ChunkStream stream) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    Answers.fields(headers, fields, serve.ageSeconds());
    headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(span.length()));
    request.mark(headers, status, key);
    Copies.Copy copy = copy(span);
    if (copy != null) {
      stream.also(copy::add);
    }
    return request.exchange().reply().stream(new ChunkedResponse(code, headers, stream))
        .onComplete(
            _ -> {
              if (copy != null) {
                copy.leave();
              }
            });
  }

  /**
   * Of a hit that is sent whole, a copy is worth its place in memory. Others are not: what was just
   * validated may be for this once alone.
   */
  private Copies.@Nullable Copy copy(ByteSpan span) {
    boolean hit = status.forward() == null && span.length() == body.length();
    if (!hit || request.view().isHead()) {
      return null;
    }
    CacheKey primary = request.equivalents().keyOf(entry.fields());
    return layers
        .copies()
        .begin(
            key,
            body.length(),
            bytes -> layers.copied(primary, key, entry.with(bytes), fence, request.place()));
  }

  private Future<OriginResponse> rest(Throwable lost, ByteSpan span) {
    forget(lost);
    return new RestOfBody(request, entry).ask(span);
  }

  /** What is not whole is of no use to others either. */
  private void forget(Throwable lost) {
    if (lost instanceof ChunkLost) {
      layers.forget(key, body, fence);
    }
  }
}
