package io.warmgate.server.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.headers.Http1xHeaders;

/** Copies of header fields. */
public final class HeaderCopy {
  private HeaderCopy() {}

  /** Adds each field line; between maps of HTTP/1 without an object for each line on the way. */
  public static void add(MultiMap to, MultiMap from) {
    if (to instanceof Http1xHeaders && from instanceof Http1xHeaders && to.isEmpty()) {
      to.setAll(from);
    } else {
      to.addAll(from);
    }
  }
}
