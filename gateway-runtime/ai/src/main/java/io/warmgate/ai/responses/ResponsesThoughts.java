package io.warmgate.ai.responses;

import static io.warmgate.ai.Dialect.OPENAI_RESPONSES;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.FieldReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Items of type {@code reasoning}, which come back as they were told. The thought is the {@code
 * summary}, which every client shows and gives back, and not the {@code content}, which few do; its
 * provider's signature is the {@code encrypted_content}. A hidden thought has that alone.
 */
final class ResponsesThoughts {
  private ResponsesThoughts() {}

  static Part read(FieldReader item, JsonNode node) {
    String encrypted = item.text("encrypted_content");
    List<String> summary = texts(item, "summary");
    List<String> content = texts(item, "content");
    Extras rest = item.rest(OPENAI_RESPONSES);
    if (!content.isEmpty() || !summary.isEmpty()) {
      List<String> texts = content.isEmpty() ? summary : content;
      return new Part.Reasoning(String.join("\n\n", texts), encrypted, rest);
    }
    return encrypted == null
        // Its id alone: the provider has kept the thought.
        ? new Part.Opaque(node, Extras.none(OPENAI_RESPONSES))
        : new Part.HiddenReasoning(encrypted, rest);
  }

  private static List<String> texts(FieldReader item, String name) {
    List<String> texts = new ArrayList<>();
    item.objects(name).forEach(part -> texts.add(part.neededText("text")));
    return texts;
  }
}
