package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_CHAT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same for a client. What only another provider's answers have is not told. */
final class OpenAiAnswerWriter {
  private OpenAiAnswerWriter() {}

  static ObjectNode write(ChatAnswer answer, long nowSeconds) {
    ObjectNode root = head(answer.id(), "chat.completion", nowSeconds);
    ArrayNode choices = root.putArray("choices");
    ObjectNode choice = choices.addObject().put("index", 0);
    choice.set("message", message(answer));
    choice.set("logprobs", null);
    choice.put("finish_reason", OpenAiStops.write(answer));
    if (answer.usage() != null) {
      root.set("usage", OpenAiUsage.write(answer.usage()));
    }
    if (answer.dialect() == OPENAI_CHAT) {
      own(answer.extras(), root, choice, choices);
    }
    return root;
  }

  /** Clients' libraries want every field that is not optional, null or not. */
  static ObjectNode head(AnswerId id, String object, long nowSeconds) {
    Long created = id.createdSeconds();
    ObjectNode root =
        Json.object()
            .put("id", id.id())
            .put("object", object)
            .put("created", created == null ? nowSeconds : created)
            .put("model", id.model());
    if (id.fingerprint() != null) {
      root.put("system_fingerprint", id.fingerprint());
    }
    return root;
  }

  private static ObjectNode message(ChatAnswer answer) {
    StringBuilder text = new StringBuilder();
    StringBuilder refusal = new StringBuilder();
    StringBuilder reasoning = new StringBuilder();
    ArrayNode calls = Json.array();
    for (Part part : answer.parts()) {
      switch (part) {
        case Part.Text(String more, Extras e) -> text.append(more);
        case Part.Refusal(String more, Extras e) -> refusal.append(more);
        case Part.Reasoning(String more, String signature, Extras e) -> reasoning.append(more);
        case Part.ToolCall call -> calls.add(OpenAiMessageWriter.call(call));
        // Nobody but its provider can read it.
        case Part.HiddenReasoning hidden -> {}
        case Part.Opaque own when own.extras().dialect() == OPENAI_CHAT -> calls.add(own.node());
        case Part.Opaque own -> throw unsaid(own.type());
        case Part.Image image -> throw unsaid("image");
        case Part.ToolResult result -> throw unsaid("tool_result");
      }
    }
    ObjectNode message = Json.object().put("role", "assistant");
    message.put("content", orNull(text));
    message.put("refusal", orNull(refusal));
    if (!reasoning.isEmpty()) {
      message.put("reasoning_content", reasoning.toString());
    }
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    }
    return message;
  }

  static TranslationException unsaid(String type) {
    return TranslationException.unknownTo(OPENAI_CHAT, "the answer's " + type);
  }

  private static @Nullable String orNull(StringBuilder text) {
    return text.isEmpty() ? null : text.toString();
  }

  private static void own(Extras extras, ObjectNode root, ObjectNode choice, ArrayNode choices) {
    Map<String, JsonNode> fields = new LinkedHashMap<>(extras.fields());
    JsonNode first = fields.remove(OpenAiAnswerReader.CHOICE);
    if (first instanceof ObjectNode more) {
      choice.remove("logprobs");
      Map<String, JsonNode> inner = new LinkedHashMap<>();
      more.properties().forEach(entry -> inner.put(entry.getKey(), entry.getValue()));
      new Extras(OPENAI_CHAT, inner).writeTo(choice, OPENAI_CHAT, "");
      if (!choice.has("logprobs")) {
        choice.set("logprobs", null);
      }
    }
    if (fields.remove(OpenAiAnswerReader.OTHERS) instanceof ArrayNode others) {
      choices.addAll(others);
    }
    new Extras(OPENAI_CHAT, fields).writeTo(root, OPENAI_CHAT, "");
  }
}
