package io.warmgate.ai.inference;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.ErrorReader;
import io.warmgate.ai.ErrorWriter;
import io.warmgate.ai.Front.ErrorBody;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.Json;

/** {@code {"error": "…"}}: what both protocols say where there is no answer. */
public final class TensorErrors implements ErrorReader, ErrorWriter {
  @Override
  public ModelError readError(int status, byte[] body) {
    return ModelError.of(kind(status), message(status, body));
  }

  private static String message(int status, byte[] body) {
    try {
      JsonNode error = Json.parse(body).path("error");
      if (error.isTextual()) {
        return error.textValue();
      }
    } catch (TranslationException _) {
      // Some servers, and all proxies before them, say it in words of their own.
    }
    return "The model server answered with status " + status + ".";
  }

  private static ErrorKind kind(int status) {
    return switch (status) {
      case 401 -> ErrorKind.AUTHENTICATION;
      case 403 -> ErrorKind.PERMISSION;
      case 404 -> ErrorKind.NOT_FOUND;
      case 408, 504 -> ErrorKind.TIMEOUT;
      case 413 -> ErrorKind.TOO_LARGE;
      case 429 -> ErrorKind.RATE_LIMITED;
      case 503 -> ErrorKind.OVERLOADED;
      default -> status >= 500 ? ErrorKind.SERVER : ErrorKind.INVALID_REQUEST;
    };
  }

  @Override
  public ErrorBody writeError(ModelError error) {
    return new ErrorBody(
        status(error.kind()), Json.string(Json.object().put("error", error.message())));
  }

  private static int status(ErrorKind kind) {
    return switch (kind) {
      case INVALID_REQUEST, FILTERED -> 400;
      case AUTHENTICATION -> 401;
      case BILLING, PERMISSION -> 403;
      case NOT_FOUND -> 404;
      case TOO_LARGE -> 413;
      case RATE_LIMITED -> 429;
      case OVERLOADED -> 503;
      case TIMEOUT -> 504;
      case SERVER -> 500;
      case UNREADABLE -> 502;
    };
  }
}
