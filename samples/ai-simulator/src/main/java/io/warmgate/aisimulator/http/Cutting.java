package io.warmgate.aisimulator.http;

import io.vertx.core.http.HttpServerResponse;

/** Ends a response in its middle: the stream in HTTP/2, the connection in HTTP/1.1. */
final class Cutting {
  private Cutting() {}

  static void cut(HttpServerResponse response) {
    response.reset();
  }
}
