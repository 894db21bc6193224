package io.warmgate.server.cache;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file as an origin has it that knows ranges: each byte tells its place and its version, and the
 * tag its version.
 */
final class MediaOrigin {
  private final int length;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  final AtomicInteger version = new AtomicInteger(1);
  volatile String cacheControl = "max-age=60";
  volatile String tagPrefix = "";

  MediaOrigin(int length) {
    this.length = length;
  }

  /** What it was asked so far: range and conditions; then forgets it. */
  List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  String text(int version, int first, int last) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i <= last; i++) {
      text.append((char) ('A' + (i * 7 + version * 3) % 26));
    }
    return text.toString();
  }

  void answer(HttpServerRequest request) {
    int now = version.get();
    String tag = tagPrefix + "\"v" + now + "\"";
    String range = request.getHeader("range");
    String ifRange = request.getHeader("if-range");
    asked.add(
        (range == null ? "all" : range)
            + condition(request, "if-range")
            + condition(request, "if-none-match"));
    HttpServerResponse response =
        request
            .response()
            .putHeader("cache-control", cacheControl)
            .putHeader("etag", tag)
            .putHeader("content-type", "video/mp4")
            .putHeader("surrogate-key", "film");
    if (tag.equals(request.getHeader("if-none-match"))) {
      response.setStatusCode(304).end();
    } else if (range == null || range.contains(",") || (ifRange != null && !ifRange.equals(tag))) {
      response.end(text(now, 0, length - 1));
    } else {
      if (ifRange != null) {
        // RFC 9110 §15.3.7: the client has it.
        response.headers().remove("content-type");
      }
      part(response, range.substring("bytes=".length()), now);
    }
  }

  private static String condition(HttpServerRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : " " + name + " " + value;
  }

  private void part(HttpServerResponse response, String range, int now) {
    int dash = range.indexOf('-');
    String to = range.substring(dash + 1);
    int first =
        dash == 0 ? length - Integer.parseInt(to) : Integer.parseInt(range.substring(0, dash));
    int last = dash == 0 || to.isEmpty() ? length - 1 : Math.min(length - 1, Integer.parseInt(to));
    if (first >= length) {
      response.setStatusCode(416).putHeader("content-range", "bytes */" + length).end();
      return;
    }
    response
        .setStatusCode(206)
        .putHeader("content-range", "bytes " + first + "-" + last + "/" + length)
        .end(Buffer.buffer(text(now, first, last)));
  }
}
