package io.warmgate.ai.openai;

import static io.warmgate.ai.chat.ErrorKind.AUTHENTICATION;
import static io.warmgate.ai.chat.ErrorKind.BILLING;
import static io.warmgate.ai.chat.ErrorKind.FILTERED;
import static io.warmgate.ai.chat.ErrorKind.INVALID_REQUEST;
import static io.warmgate.ai.chat.ErrorKind.NOT_FOUND;
import static io.warmgate.ai.chat.ErrorKind.OVERLOADED;
import static io.warmgate.ai.chat.ErrorKind.PERMISSION;
import static io.warmgate.ai.chat.ErrorKind.RATE_LIMITED;
import static io.warmgate.ai.chat.ErrorKind.SERVER;
import static io.warmgate.ai.chat.ErrorKind.TIMEOUT;
import static io.warmgate.ai.chat.ErrorKind.TOO_LARGE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Front.ErrorBody;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.Json;
import org.jspecify.annotations.Nullable;

/** {@code {"error":{"message","type","param","code"}}}, and what servers like it send. */
public final class OpenAiErrors {
  private OpenAiErrors() {}

  /** Null where a body with status 200, or an event, is no error. */
  public static @Nullable ModelError inside(JsonNode node) {
    boolean ofVllm = node.path("object").asText("").equals("error");
    return node.hasNonNull("error") || ofVllm ? read(node, status(node)) : null;
  }

  /** Servers put the status that they meant into the code. */
  private static int status(JsonNode node) {
    return node.path("error").path("code").asInt(node.path("code").asInt(500));
  }

  static ModelError read(int status, byte[] body) {
    try {
      return read(Json.parse(body), status);
    } catch (TranslationException e) {
      return ModelError.of(kind(status), "the provider answered " + status);
    }
  }

  private static ModelError read(JsonNode node, int status) {
    // Ollama's is a string; vLLM's of before has no "error" around it, FastAPI's is "detail".
    JsonNode error = node.path("error");
    JsonNode from = error.isObject() ? error : node;
    String message =
        error.isTextual()
            ? error.textValue()
            : from.path("message").asText(from.path("detail").asText(""));
    String code = textOrNull(from.path("code"));
    String type = from.path("type").asText("");
    return new ModelError(
        kind(code == null ? "" : code, type, status),
        message.isEmpty() ? "the provider answered " + status : message,
        code,
        textOrNull(from.path("param")));
  }

  private static @Nullable String textOrNull(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }

  private static ErrorKind kind(String code, String type, int status) {
    return switch (code) {
      case "invalid_api_key" -> AUTHENTICATION;
      case "insufficient_quota", "billing_hard_limit_reached" -> BILLING;
      case "model_not_found" -> NOT_FOUND;
      case "rate_limit_exceeded" -> RATE_LIMITED;
      case "content_filter", "content_policy_violation" -> FILTERED;
      default ->
          switch (type) {
            case "invalid_request_error" -> status < 500 ? kind(status) : INVALID_REQUEST;
            case "authentication_error" -> AUTHENTICATION;
            case "permission_error" -> PERMISSION;
            case "insufficient_quota" -> BILLING;
            case "rate_limit_error", "rate_limit_exceeded", "requests", "tokens" -> RATE_LIMITED;
            case "overloaded_error" -> OVERLOADED;
            default -> kind(status);
          };
    };
  }

  private static ErrorKind kind(int status) {
    return switch (status) {
      case 402 -> BILLING;
      case 529 -> OVERLOADED;
      default -> ErrorKind.ofStatus(status);
    };
  }

  public static ErrorBody write(ModelError error) {
    return new ErrorBody(error.kind().status(), Json.string(node(error)));
  }

  static ObjectNode node(ModelError error) {
    ObjectNode root = Json.object();
    root.putObject("error")
        .put("message", error.message())
        .put("type", type(error.kind()))
        .put("param", error.field())
        .put("code", error.code() == null ? code(error.kind()) : error.code());
    return root;
  }

  private static String type(ErrorKind kind) {
    return switch (kind) {
      case INVALID_REQUEST, FILTERED, AUTHENTICATION, NOT_FOUND, TOO_LARGE ->
          "invalid_request_error";
      case BILLING -> "insufficient_quota";
      case PERMISSION -> "permission_error";
      case RATE_LIMITED -> "rate_limit_error";
      case OVERLOADED, TIMEOUT, SERVER, UNREADABLE -> "server_error";
    };
  }

  private static @Nullable String code(ErrorKind kind) {
    return switch (kind) {
      case AUTHENTICATION -> "invalid_api_key";
      case BILLING -> "insufficient_quota";
      case NOT_FOUND -> "model_not_found";
      case FILTERED -> "content_filter";
      case RATE_LIMITED -> "rate_limit_exceeded";
      case INVALID_REQUEST, PERMISSION, TOO_LARGE, OVERLOADED, TIMEOUT, SERVER, UNREADABLE -> null;
    };
  }
}
