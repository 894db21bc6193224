package io.warmgate.bench.ai;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a front's stream is read for. */
enum Dialect {
  OPENAI("/v1/chat/completions") {
    @Override
    String text(JsonObject data) {
      JsonArray choices = data.getJsonArray("choices", new JsonArray());
      return choices.isEmpty()
          ? ""
          : orEmpty(choices.getJsonObject(0).getJsonObject("delta", new JsonObject()), "content");
    }

    @Override
    boolean isEnd(String data) {
      return data.equals("[DONE]");
    }
  },
  ANTHROPIC("/v1/messages") {
    @Override
    String text(JsonObject data) {
      return orEmpty(data.getJsonObject("delta", new JsonObject()), "text");
    }

    @Override
    boolean isEnd(String data) {
      return data.contains("\"message_stop\"");
    }
  };

  private final String path;

  Dialect(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** What an event adds to the answer's text. */
  abstract String text(JsonObject data);

  /** Whether nothing follows that event. */
  abstract boolean isEnd(String data);

  private static String orEmpty(JsonObject delta, String name) {
    String found = delta.getString(name);
    return found == null ? "" : found;
  }
}
