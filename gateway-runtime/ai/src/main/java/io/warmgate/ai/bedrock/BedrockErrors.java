package io.warmgate.ai.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Front.ErrorBody;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code {"__type","message"}}; the type also as {@code NAMESPACE#NAME} or {@code NAME:URL}. */
final class BedrockErrors {
  private BedrockErrors() {}

  /** Null where a body with status 200 is no error. */
  static @Nullable ModelError inside(JsonNode root) {
    boolean isError = root.has(ConverseHead.TYPE) || (root.has("message") && !root.has("output"));
    return isError ? read(500, root) : null;
  }

  static ModelError read(int status, byte[] body) {
    try {
      return read(status, Json.parse(body));
    } catch (TranslationException e) {
      return ModelError.of(ErrorKind.ofStatus(status), "the provider answered " + status);
    }
  }

  static ModelError read(int status, JsonNode root) {
    String type = name(root.path(ConverseHead.TYPE).asText(""));
    String message = root.path("message").asText(root.path("Message").asText(""));
    return ModelError.of(
        kind(type, message, status),
        message.isEmpty() ? "the provider answered " + status : message);
  }

  private static String name(String type) {
    String behind = type.substring(type.indexOf('#') + 1);
    int url = behind.indexOf(':');
    return url < 0 ? behind : behind.substring(0, url);
  }

  /** In streams they begin with a small letter. */
  private static ErrorKind kind(String type, String message, int status) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "validationexception" -> ErrorKind.INVALID_REQUEST;
      case "accessdeniedexception" ->
          isOfCredential(message) ? ErrorKind.AUTHENTICATION : ErrorKind.PERMISSION;
      case "unrecognizedclientexception",
          "invalidsignatureexception",
          "incompletesignatureexception",
          "missingauthenticationtokenexception",
          "missingauthenticationtoken",
          "invalidclienttokenid",
          "expiredtokenexception",
          "expiredtoken",
          "notauthorized" ->
          ErrorKind.AUTHENTICATION;
      case "resourcenotfoundexception", "unknownoperationexception" -> ErrorKind.NOT_FOUND;
      case "throttlingexception", "servicequotaexceededexception" -> ErrorKind.RATE_LIMITED;
      // "The model specified in the request is not ready to serve inference requests."
      case "modelnotreadyexception", "serviceunavailableexception" -> ErrorKind.OVERLOADED;
      case "modeltimeoutexception" -> ErrorKind.TIMEOUT;
      case "modelerrorexception", "modelstreamerrorexception", "internalserverexception" ->
          ErrorKind.SERVER;
      default -> status == 424 ? ErrorKind.SERVER : ErrorKind.ofStatus(status);
    };
  }

  /** What is said of the key, or names whose it is and what he may. */
  private static boolean isOfCredential(String message) {
    return message.startsWith("Authentication failed")
        || message.startsWith("Bearer Token")
        || message.contains("is not authorized to perform");
  }

  static ErrorBody write(ModelError error) {
    return new ErrorBody(error.kind().status(), Json.string(node(error)));
  }

  static ObjectNode node(ModelError error) {
    String type =
        switch (error.kind()) {
          case INVALID_REQUEST, FILTERED, TOO_LARGE -> "ValidationException";
          case AUTHENTICATION -> "UnrecognizedClientException";
          case PERMISSION -> "AccessDeniedException";
          case NOT_FOUND -> "ResourceNotFoundException";
          case BILLING, RATE_LIMITED -> "ThrottlingException";
          case OVERLOADED -> "ServiceUnavailableException";
          case TIMEOUT -> "ModelTimeoutException";
          case SERVER, UNREADABLE -> "InternalServerException";
        };
    return Json.object().put(ConverseHead.TYPE, type).put("message", error.message());
  }
}
