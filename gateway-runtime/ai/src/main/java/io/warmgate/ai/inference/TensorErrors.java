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
    // A status that is neither an error nor 200 is no answer to what was asked.
    ErrorKind kind = status < 400 ? ErrorKind.INVALID_REQUEST : ErrorKind.ofStatus(status);
    return ModelError.of(kind, message(status, body));
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

  @Override
  public ErrorBody writeError(ModelError error) {
    return new ErrorBody(
        status(error.kind()), Json.string(Json.object().put("error", error.message())));
  }

  private static int status(ErrorKind kind) {
    return kind == ErrorKind.BILLING ? 403 : kind.status();
  }
}
