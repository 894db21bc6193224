package io.warmgate.ai.mistral;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"object":"error","message","type","code"}}, where the message of a 422 is a list of
 * faults with their places, or {@code {"detail"}}.
 */
final class MistralErrors {
  private MistralErrors() {}

  static ModelError read(int status, byte[] body) {
    try {
      return read(status, Json.parse(body));
    } catch (TranslationException e) {
      return ModelError.of(kind(status), "the provider answered " + status);
    }
  }

  private static ModelError read(int status, JsonNode root) {
    JsonNode message = root.path("message");
    JsonNode detail = root.has("detail") ? root.path("detail") : message.path("detail");
    if (detail.isArray() && !detail.isEmpty()) {
      JsonNode fault = detail.get(0);
      return new ModelError(
          kind(status), fault.path("msg").asText("is not valid"), null, field(fault.path("loc")));
    }
    String text = message.isTextual() ? message.textValue() : detail.asText("");
    ErrorKind kind =
        root.path("type").asText("").equals("invalid_model") ? ErrorKind.NOT_FOUND : kind(status);
    return ModelError.of(kind, text.isEmpty() ? "the provider answered " + status : text);
  }

  /** Without the {@code body} that each place begins with. */
  private static @Nullable String field(JsonNode place) {
    List<String> steps = new ArrayList<>();
    place.forEach(step -> steps.add(step.asText()));
    if (!steps.isEmpty() && steps.getFirst().equals("body")) {
      steps.removeFirst();
    }
    return steps.isEmpty() ? null : String.join(".", steps);
  }

  private static ErrorKind kind(int status) {
    return status == 402 ? ErrorKind.BILLING : ErrorKind.ofStatus(status);
  }
}
