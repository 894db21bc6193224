package io.warmgate.server.ai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What models a caller may name. Neither when they were made nor by whom is known. */
enum ModelList {
  /** {@code GET /v1/models} of OpenAI. */
  OPENAI {
    @Override
    ObjectNode one(String name) {
      return Json.object()
          .put("id", name)
          .put("object", "model")
          .put("created", 0)
          .put("owned_by", "warmgate");
    }

    @Override
    Buffer all(List<String> names) {
      ObjectNode root = Json.object().put("object", "list");
      ArrayNode data = root.putArray("data");
      names.forEach(name -> data.add(one(name)));
      return Buffer.buffer(Json.bytes(root));
    }
  },
  /** {@code GET /v1/models} of Anthropic. */
  ANTHROPIC {
    @Override
    ObjectNode one(String name) {
      // "May be set to an epoch value if the release date is unknown."
      return Json.object()
          .put("type", "model")
          .put("id", name)
          .put("display_name", name)
          .put("created_at", "1970-01-01T00:00:00Z");
    }

    @Override
    Buffer all(List<String> names) {
      ObjectNode root = Json.object();
      ArrayNode data = root.putArray("data");
      names.forEach(name -> data.add(one(name)));
      root.put("has_more", false);
      root.put("first_id", names.isEmpty() ? null : names.getFirst());
      root.put("last_id", names.isEmpty() ? null : names.getLast());
      return Buffer.buffer(Json.bytes(root));
    }
  };

  private static final String BEFORE_NAME = "/models/";

  abstract ObjectNode one(String name);

  /** In their order, all at once. */
  abstract Buffer all(List<String> names);

  /** Which of the names a path ends in: they may have slashes themselves. */
  static Optional<String> named(String path, List<String> names) {
    for (int at = path.indexOf(BEFORE_NAME); at >= 0; at = path.indexOf(BEFORE_NAME, at + 1)) {
      String name = decoded(path.substring(at + BEFORE_NAME.length()));
      if (names.contains(name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** RFC 3986 §2.1: a plus sign is itself. */
  static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
