package io.warmgate.ai.anthropic;

import static io.warmgate.ai.Dialect.ANTHROPIC_MESSAGES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.UntoldContent;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import io.warmgate.ai.json.Json;
import org.jspecify.annotations.Nullable;

/** The same for a client. What only another provider's answers have is not told. */
final class AnthropicAnswerWriter {
  private AnthropicAnswerWriter() {}

  static ObjectNode write(ChatAnswer answer) {
    UntoldContent.requireNone(answer, ANTHROPIC_MESSAGES);
    ObjectNode root = head(answer.id());
    ArrayNode content = root.putArray("content");
    answer.parts().forEach(part -> content.add(block(part)));
    Stop stop = answer.stop();
    boolean refused = answer.parts().stream().anyMatch(Part.Refusal.class::isInstance);
    stop(root, refused ? refused(stop) : stop, answer.extras());
    root.set(
        "usage",
        answer.usage() == null ? AnthropicUsage.unknown() : AnthropicUsage.write(answer.usage()));
    if (answer.dialect() == ANTHROPIC_MESSAGES) {
      answer.extras().writeTo(root, ANTHROPIC_MESSAGES, "");
    }
    return root;
  }

  /** Elsewhere a refusal is a kind of text, here it is why the answer ended. */
  static Stop refused(Stop stop) {
    return new Stop(StopReason.REFUSED, stop.sequence(), stop.said());
  }

  static void stop(ObjectNode node, Stop stop, Extras extras) {
    node.put("stop_reason", AnthropicStops.write(stop, extras.dialect()));
    node.put("stop_sequence", stop.sequence());
  }

  static ObjectNode head(AnswerId id) {
    return Json.object()
        .put("id", id.id())
        .put("type", "message")
        .put("role", "assistant")
        .put("model", id.model());
  }

  static JsonNode block(Part part) {
    return switch (part) {
      case Part.Text(String text, Extras extras) -> with(extras, text(text));
      case Part.Refusal(String text, Extras extras) -> with(extras, text(text));
      case Part.ToolCall call -> {
        ObjectNode block = call(call);
        block.set(
            "input",
            AnthropicBlockWriter.input(call, "the answer's tool_calls[].function.arguments"));
        yield with(call.extras(), block);
      }
      case Part.Reasoning(String text, String signature, Extras extras) ->
          with(extras, thinking(text, signature));
      case Part.HiddenReasoning(String data, Extras extras) ->
          with(extras, Json.object().put("type", "redacted_thinking").put("data", data));
      case Part.Opaque own when own.extras().dialect() == ANTHROPIC_MESSAGES -> own.node();
      case Part.Opaque own -> throw unsaid(own.type());
      case Part.Image image -> throw unsaid("image");
      case Part.ToolResult result -> throw unsaid("tool_result");
    };
  }

  static TranslationException unsaid(String type) {
    return TranslationException.unknownTo(ANTHROPIC_MESSAGES, "the answer's " + type);
  }

  static ObjectNode text(String text) {
    return Json.object().put("type", "text").put("text", text);
  }

  static ObjectNode thinking(String text, @Nullable String signature) {
    return Json.object()
        .put("type", "thinking")
        .put("thinking", text)
        .put("signature", signature == null ? "" : signature);
  }

  static ObjectNode call(Part.ToolCall call) {
    ObjectNode block = Json.object().put("type", "tool_use").put("id", call.id());
    return block.put("name", call.name());
  }

  static ObjectNode with(Extras extras, ObjectNode block) {
    if (extras.dialect() == ANTHROPIC_MESSAGES) {
      extras.writeTo(block, ANTHROPIC_MESSAGES, "");
    }
    return block;
  }
}
