package io.warmgate.ai.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Front.ErrorBody;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.Json;
import org.jspecify.annotations.Nullable;

/** {@code {"error":{"code","message","status","details"}}}; of streams sometimes in an array. */
final class GeminiErrors {
  private GeminiErrors() {}

  /** Null where a body with status 200, or an event, is no error. */
  static @Nullable ModelError inside(JsonNode node) {
    JsonNode root = node.isArray() && node.size() == 1 ? node.get(0) : node;
    return root.hasNonNull("error") ? read(root, root.path("error").path("code").asInt(500)) : null;
  }

  static ModelError read(int status, byte[] body) {
    try {
      JsonNode node = Json.parse(body);
      return read(node.isArray() ? node.path(0) : node, status);
    } catch (TranslationException e) {
      return ModelError.of(kind("", status), "the provider answered " + status);
    }
  }

  private static ModelError read(JsonNode root, int status) {
    JsonNode error = root.path("error");
    String message = error.path("message").asText("");
    boolean badKey = error.path("details").findValuesAsText("reason").contains("API_KEY_INVALID");
    return ModelError.of(
        badKey ? ErrorKind.AUTHENTICATION : kind(error.path("status").asText(""), status),
        message.isEmpty() ? "the provider answered " + status : message);
  }

  private static ErrorKind kind(String name, int status) {
    return switch (name) {
      case "UNAUTHENTICATED" -> ErrorKind.AUTHENTICATION;
      case "PERMISSION_DENIED" -> ErrorKind.PERMISSION;
      case "NOT_FOUND" -> ErrorKind.NOT_FOUND;
      case "RESOURCE_EXHAUSTED" -> ErrorKind.RATE_LIMITED;
      case "UNAVAILABLE" -> ErrorKind.OVERLOADED;
      case "DEADLINE_EXCEEDED" -> ErrorKind.TIMEOUT;
      case "INTERNAL" -> ErrorKind.SERVER;
      default -> ErrorKind.ofStatus(status);
    };
  }

  static ErrorBody write(ModelError error) {
    ObjectNode root = node(error);
    return new ErrorBody(root.path("error").path("code").intValue(), Json.string(root));
  }

  static ObjectNode node(ModelError error) {
    String name =
        switch (error.kind()) {
          case INVALID_REQUEST, FILTERED, TOO_LARGE -> "INVALID_ARGUMENT";
          case AUTHENTICATION -> "UNAUTHENTICATED";
          case PERMISSION -> "PERMISSION_DENIED";
          case NOT_FOUND -> "NOT_FOUND";
          case BILLING, RATE_LIMITED -> "RESOURCE_EXHAUSTED";
          case SERVER, UNREADABLE -> "INTERNAL";
          case OVERLOADED -> "UNAVAILABLE";
          case TIMEOUT -> "DEADLINE_EXCEEDED";
        };
    ObjectNode root = Json.object();
    root.putObject("error")
        .put("code", error.kind().status())
        .put("message", error.message())
        .put("status", name);
    return root;
  }
}
