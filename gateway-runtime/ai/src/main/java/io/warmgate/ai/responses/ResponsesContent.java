package io.warmgate.ai.responses;

import static io.warmgate.ai.Dialect.OPENAI_RESPONSES;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ImageSource;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.FieldReader;
import java.util.ArrayList;
import java.util.List;

/** {@code content} of a message, {@code output} of a function call: a string, or parts. */
final class ResponsesContent {
  private static final Extras NONE = Extras.none(OPENAI_RESPONSES);

  private ResponsesContent() {}

  static List<Part> read(FieldReader item, String name) {
    JsonNode content = item.peek(name);
    if (content == null) {
      throw new TranslationException(item.at(name), "is missing");
    }
    if (content.isTextual()) {
      return List.of(new Part.Text(item.neededText(name), NONE));
    }
    List<JsonNode> nodes = item.list(name);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      parts.add(part(nodes.get(i), item.at(name) + "[" + i + "]"));
    }
    return parts;
  }

  private static Part part(JsonNode node, String path) {
    FieldReader part = FieldReader.of(node, path);
    return switch (part.neededText("type")) {
      case "input_text", "output_text" -> {
        String text = part.neededText("text");
        yield new Part.Text(text, part.rest(OPENAI_RESPONSES));
      }
      case "refusal" -> new Part.Refusal(part.neededText("refusal"), part.rest(OPENAI_RESPONSES));
      case "input_image" -> image(node, part);
      default -> new Part.Opaque(node, NONE);
    };
  }

  private static Part image(JsonNode node, FieldReader part) {
    if (part.has("file_id")) {
      // It lies at the provider's.
      return new Part.Opaque(node, NONE);
    }
    ImageSource source = ImageSource.ofUrl(part.neededText("image_url"), part.at("image_url"));
    String detail = part.text("detail");
    // "auto" is the default.
    String kept = "auto".equals(detail) ? null : detail;
    return new Part.Image(source, kept, part.rest(OPENAI_RESPONSES));
  }
}
