package io.warmgate.server.cache;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An origin of one large text that answers ranges of it. */
final class LargeOrigin implements AutoCloseable {
  static final int LENGTH = (3 << 20) + 77;

  final CountingOrigin origin = new CountingOrigin();

  /** What it was asked for in parts. */
  final List<String> ranges = new CopyOnWriteArrayList<>();

  volatile @Nullable String tag = "\"a\"";
  volatile String cacheControl = "max-age=60";
  volatile boolean lengthSaid = true;
  volatile String body = text(1, LENGTH);

  LargeOrigin() {
    origin.answer = this::answer;
  }

  /** Any text of that length. */
  static String text(long seed, int length) {
    byte[] bytes = new byte[length];
    Random random = new Random(seed);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(26));
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response().putHeader("cache-control", cacheControl);
    String known = tag;
    if (known != null) {
      response.putHeader("etag", known);
    }
    String range = request.getHeader("range");
    if (known != null && known.equals(request.getHeader("if-none-match"))) {
      response.setStatusCode(304).end();
    } else if (range != null) {
      ranges.add(range + " if " + request.getHeader("if-range"));
      part(request, range);
    } else if (lengthSaid) {
      response.end(Buffer.buffer(body));
    } else {
      response.setChunked(true).end(Buffer.buffer(body));
    }
  }

  private void part(HttpServerRequest request, String range) {
    HttpServerResponse response = request.response();
    String condition = request.getHeader("if-range");
    if (condition != null && !condition.equals(tag)) {
      response.end(Buffer.buffer(body));
      return;
    }
    String[] ends = range.substring("bytes=".length()).split("-");
    int first = Integer.parseInt(ends[0]);
    int last = Integer.parseInt(ends[1]);
    response
        .setStatusCode(206)
        .putHeader("content-range", "bytes " + first + "-" + last + "/" + body.length())
        .end(Buffer.buffer(body.substring(first, last + 1)));
  }

  int port() {
    return origin.port();
  }

  int requests() {
    return origin.requests.get();
  }

  @Override
  public void close() {
    origin.close();
  }
}
