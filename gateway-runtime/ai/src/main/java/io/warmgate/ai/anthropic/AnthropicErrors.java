package io.warmgate.ai.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Front.ErrorBody;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.Json;
import org.jspecify.annotations.Nullable;

/** {@code {"type":"error","error":{"type","message"}}}. */
final class AnthropicErrors {
  private AnthropicErrors() {}

  /** Null where a body with status 200, or an event, is no error. */
  static @Nullable ModelError inside(JsonNode node) {
    boolean error = node.path("type").asText("").equals("error") || node.hasNonNull("error");
    return error ? read(node, 500) : null;
  }

  static ModelError read(int status, byte[] body) {
    try {
      return read(Json.parse(body), status);
    } catch (TranslationException e) {
      return ModelError.of(kind("", status), "the provider answered " + status);
    }
  }

  private static ModelError read(JsonNode node, int status) {
    JsonNode error = node.path("error");
    String type = error.path("type").asText("");
    String message = error.path("message").asText("");
    return new ModelError(
        kind(type, status),
        message.isEmpty() ? "the provider answered " + status : message,
        null,
        null);
  }

  private static ErrorKind kind(String type, int status) {
    return switch (type) {
      case "invalid_request_error" -> ErrorKind.INVALID_REQUEST;
      case "authentication_error" -> ErrorKind.AUTHENTICATION;
      case "billing_error" -> ErrorKind.BILLING;
      case "permission_error" -> ErrorKind.PERMISSION;
      case "not_found_error" -> ErrorKind.NOT_FOUND;
      case "request_too_large" -> ErrorKind.TOO_LARGE;
      case "rate_limit_error" -> ErrorKind.RATE_LIMITED;
      case "overloaded_error" -> ErrorKind.OVERLOADED;
      case "timeout_error" -> ErrorKind.TIMEOUT;
      case "api_error" -> ErrorKind.SERVER;
      default -> kind(status);
    };
  }

  private static ErrorKind kind(int status) {
    return switch (status) {
      case 402 -> ErrorKind.BILLING;
      case 529 -> ErrorKind.OVERLOADED;
      default -> ErrorKind.ofStatus(status);
    };
  }

  static ErrorBody write(ModelError error) {
    int status =
        switch (error.kind()) {
          case BILLING -> 402;
          case OVERLOADED -> 529;
          default -> error.kind().status();
        };
    return new ErrorBody(status, Json.string(node(error)));
  }

  static ObjectNode node(ModelError error) {
    ObjectNode root = Json.object().put("type", "error");
    root.putObject("error").put("type", type(error.kind())).put("message", error.message());
    return root;
  }

  private static String type(ErrorKind kind) {
    return switch (kind) {
      case INVALID_REQUEST, FILTERED -> "invalid_request_error";
      case AUTHENTICATION -> "authentication_error";
      case BILLING -> "billing_error";
      case PERMISSION -> "permission_error";
      case NOT_FOUND -> "not_found_error";
      case TOO_LARGE -> "request_too_large";
      case RATE_LIMITED -> "rate_limit_error";
      case OVERLOADED -> "overloaded_error";
      case TIMEOUT -> "timeout_error";
      case SERVER, UNREADABLE -> "api_error";
    };
  }
}
