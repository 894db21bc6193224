package io.warmgate.server.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.warmgate.config.Json;
import io.warmgate.config.admin.Refusal;

/** What the admin API answers. */
record Answer(int status, String contentType, Buffer body) {

  static Answer json(int status, Object document) {
    return new Answer(status, "application/json", Buffer.buffer(Json.write(document)));
  }

  static Answer refusal(int status, String reason, String message) {
    return json(status, new Refusal(reason, "", message));
  }

  static Answer text(int status, String text) {
    return new Answer(status, "text/plain; charset=utf-8", Buffer.buffer(text));
  }

  void write(HttpServerResponse response) {
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status).putHeader("content-type", contentType);
    var _ = response.end(body);
  }
}
