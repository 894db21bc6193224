package io.warmgate.ai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Front.ErrorBody;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.openai.OpenAiErrors;

/**
 * In place of a response: what OpenAI answers everywhere. Within a stream: {@code ResponseError},
 * whose codes are a closed list, and {@code ResponseErrorEvent}. Fields are named as they are here,
 * whatever the provider calls them.
 */
final class ResponsesErrors {
  private ResponsesErrors() {}

  static ErrorBody write(ModelError error) {
    return OpenAiErrors.write(ResponsesNames.of(error));
  }

  /** The {@code error} of a response whose status is {@code failed}. */
  static ObjectNode ofResponse(ModelError error) {
    return Json.object().put("code", code(error.kind())).put("message", error.message());
  }

  /** The fields of an {@code error} event. */
  static ObjectNode event(ModelError error) {
    ModelError named = ResponsesNames.of(error);
    return Json.object()
        .put("code", named.code() == null ? code(named.kind()) : named.code())
        .put("message", named.message())
        .put("param", named.field());
  }

  private static String code(ErrorKind kind) {
    return switch (kind) {
      case RATE_LIMITED, BILLING -> "rate_limit_exceeded";
      case INVALID_REQUEST, TOO_LARGE, FILTERED -> "invalid_prompt";
      case AUTHENTICATION, PERMISSION, NOT_FOUND, OVERLOADED, TIMEOUT, SERVER, UNREADABLE ->
          "server_error";
    };
  }
}
