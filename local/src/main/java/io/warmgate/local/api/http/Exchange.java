package io.warmgate.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Json;
import java.util.List;

/** A request and the answer to it. */
record Exchange(ApiRequest request, HttpServerResponse response) {
  Representation representation() {
    return Representation.of(request.headers().accept(), request.parameters());
  }

  void json(int code, JsonNode body) {
    send(code, "application/json", Json.bytes(body));
  }

  /** In the encoding that the client prefers. */
  void encoded(int code, JsonNode body, List<String> warnings) {
    for (String warning : warnings) {
      String quoted = warning.replace("\\", "\\\\").replace("\"", "\\\"");
      response.headers().add("Warning", "299 - \"" + quoted + "\"");
    }
    Representation representation = representation();
    send(code, representation.contentType(), representation.encode(body));
  }

  void send(int code, String contentType, byte[] body) {
    response
        .setStatusCode(code)
        .putHeader("Content-Type", contentType)
        .putHeader("Cache-Control", "no-cache, private")
        .end(Buffer.buffer(body));
  }

  void refuse(ApiException refusal) {
    json(refusal.code(), refusal.status());
  }
}
