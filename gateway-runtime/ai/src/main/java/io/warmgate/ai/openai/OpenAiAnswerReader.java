package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_CHAT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.jspecify.annotations.Nullable;

/** {@code CreateChatCompletionResponse}, or an error in its place. */
final class OpenAiAnswerReader {
  /** Among an answer's extras: what the first choice has beyond the common form. */
  static final String CHOICE = "choices[0]";

  /** Among an answer's extras: the other choices, as they are. */
  static final String OTHERS = "choices[1..]";

  private OpenAiAnswerReader() {}

  static Outcome read(byte[] body) {
    try {
      JsonNode node = Json.parse(body);
      ModelError error = OpenAiErrors.inside(node);
      return error == null ? new Outcome.Answered(answer(node)) : new Outcome.Failed(error);
    } catch (TranslationException e) {
      return new Outcome.Failed(
          ModelError.of(
              ErrorKind.UNREADABLE, "the provider's answer cannot be read: " + e.getMessage()));
    }
  }

  private static ChatAnswer answer(JsonNode node) {
    FieldReader root = FieldReader.of(node, "");
    AnswerId id = id(root);
    List<JsonNode> choices = root.list("choices");
    if (choices.isEmpty()) {
      throw new TranslationException("choices", "there are none");
    }
    FieldReader choice = FieldReader.of(choices.getFirst(), CHOICE);
    choice.any("index");
    FieldReader message = choice.neededObject("message");
    message.any("role");
    List<Part> parts = OpenAiMessageReader.assistant(message);
    boolean calls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    Stop stop = OpenAiStops.read(choice.text("finish_reason"), calls);
    FieldReader usage = root.object("usage");
    Usage tokens = usage == null ? null : OpenAiUsage.read(usage);
    Extras beyond = choice.rest(OPENAI_CHAT);
    return new ChatAnswer(id, parts, stop, tokens, extras(root, beyond, choices));
  }

  static AnswerId id(FieldReader root) {
    root.any("object");
    return new AnswerId(
        root.textOr("id", ""),
        root.textOr("model", ""),
        created(root),
        root.text("system_fingerprint"));
  }

  /** Some servers count fractions of a second. */
  private static @Nullable Long created(FieldReader root) {
    JsonNode said = root.any("created");
    return said != null && said.isNumber() && said.canConvertToLong() ? said.longValue() : null;
  }

  private static Extras extras(FieldReader root, Extras choice, List<JsonNode> choices) {
    Map<String, JsonNode> fields = new LinkedHashMap<>(root.rest(OPENAI_CHAT).fields());
    // Usage has its own.
    fields.remove("usage");
    Map<String, JsonNode> known = new LinkedHashMap<>(choice.fields());
    if (!known.isEmpty()) {
      ObjectNode node = Json.object();
      known.forEach(node::set);
      fields.put(CHOICE, node);
    }
    if (choices.size() > 1) {
      fields.put(OTHERS, Json.array().addAll(choices.subList(1, choices.size())));
    }
    return new Extras(OPENAI_CHAT, fields);
  }
}
