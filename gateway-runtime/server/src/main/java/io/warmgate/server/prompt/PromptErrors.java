package io.warmgate.server.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Front.ErrorBody;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.Json;
import java.util.Locale;

/** Errors as RFC 9457 has them; {@code pointer} is the value that is wrong, where it is one. */
final class PromptErrors {
  private PromptErrors() {}

  static ErrorBody write(ModelError error) {
    return new ErrorBody(status(error.kind()), Json.string(node(error)));
  }

  static ObjectNode node(ModelError error) {
    String kind = error.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    ObjectNode node =
        Json.object()
            .put("type", "urn:warmgate:problem:" + kind)
            .put("title", title(error.kind()))
            .put("status", status(error.kind()))
            .put("detail", error.message());
    if (error.field() != null) {
      node.put("pointer", error.field());
    }
    return node;
  }

  private static int status(ErrorKind kind) {
    return switch (kind) {
      case FILTERED -> 422;
      case BILLING, SERVER -> 502;
      default -> kind.status();
    };
  }

  private static String title(ErrorKind kind) {
    return switch (kind) {
      case INVALID_REQUEST -> "The request does not fit.";
      case AUTHENTICATION -> "A credential is needed.";
      case PERMISSION -> "The caller may not call this.";
      case NOT_FOUND -> "There is nothing here.";
      case TOO_LARGE -> "The request is too large.";
      case FILTERED -> "A content filter refused it.";
      case RATE_LIMITED -> "More was asked for than a limit admits.";
      case OVERLOADED -> "The model is at its limit.";
      case TIMEOUT -> "The model did not answer in time.";
      case BILLING, SERVER, UNREADABLE -> "The model gave no answer.";
    };
  }
}
