package io.warmgate.ai.anthropic;

import static io.warmgate.ai.Dialect.ANTHROPIC_MESSAGES;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code Message}, or an error in its place. */
final class AnthropicAnswerReader {
  private AnthropicAnswerReader() {}

  static Outcome read(byte[] body) {
    try {
      JsonNode node = Json.parse(body);
      ModelError error = AnthropicErrors.inside(node);
      return error == null
          ? new Outcome.Answered(answer(FieldReader.of(node, "")))
          : new Outcome.Failed(error);
    } catch (TranslationException e) {
      return new Outcome.Failed(
          ModelError.of(
              ErrorKind.UNREADABLE, "the provider's answer cannot be read: " + e.getMessage()));
    }
  }

  private static ChatAnswer answer(FieldReader root) {
    AnswerId id = id(root);
    List<Part> parts = AnthropicBlocks.read(root, "content");
    Stop stop = AnthropicStops.read(root.text("stop_reason"), root.text("stop_sequence"));
    FieldReader usage = root.object("usage");
    Usage tokens = usage == null ? null : AnthropicUsage.read(usage);
    return new ChatAnswer(id, parts, stop, tokens, rest(root));
  }

  static AnswerId id(FieldReader root) {
    root.any("type");
    root.any("role");
    return new AnswerId(root.textOr("id", ""), root.textOr("model", ""), null, null);
  }

  /** Usage has its own. */
  static Extras rest(FieldReader root) {
    Map<String, JsonNode> fields = new LinkedHashMap<>(root.rest(ANTHROPIC_MESSAGES).fields());
    fields.remove("usage");
    return new Extras(ANTHROPIC_MESSAGES, fields);
  }
}
