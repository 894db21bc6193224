package io.warmgate.server.cache;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A file as an origin has it that knows ranges: each byte tells its place and its version, and the
 * tag its version.
 */
final class MediaOrigin {
  private final int length;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  volatile int version = 1;
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

  private String tag() {
    return tagPrefix + "\"v" + version + "\"";
  }

  void answer(HttpServerRequest request) {
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
            .putHeader("etag", tag())
            .putHeader("content-type", "video/mp4")
            .putHeader("surrogate-key", "film");
    if (tag().equals(request.getHeader("if-none-match"))) {
      response.setStatusCode(304).end();
    } else if (range == null || (ifRange != null && !ifRange.equals(tag()))) {
      response.end(text(version, 0, length - 1));
    } else {
      part(response, range.substring("bytes=".length()), ifRange != null);
    }
  }

  private static String condition(HttpServerRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : " " + name + " " + value;
  }

  /** A 206; to {@code If-Range} without what the client has (RFC 9110 §15.3.7). */
  private void part(HttpServerResponse response, String range, boolean conditional) {
    int dash = range.indexOf('-');
    String to = range.substring(dash + 1);
    int first =
        dash == 0 ? length - Integer.parseInt(to) : Integer.parseInt(range.substring(0, dash));
    int last = dash == 0 || to.isEmpty() ? length - 1 : Math.min(length - 1, Integer.parseInt(to));
    if (first >= length) {
      response.setStatusCode(416).putHeader("content-range", "bytes */" + length).end();
      return;
    }
    if (conditional) {
      response.headers().remove("content-type");
    }
    response
        .setStatusCode(206)
        .putHeader("content-range", "bytes " + first + "-" + last + "/" + length)
        .end(Buffer.buffer(text(version, first, last)));
  }
}
