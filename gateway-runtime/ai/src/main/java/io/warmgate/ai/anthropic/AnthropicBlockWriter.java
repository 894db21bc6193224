package io.warmgate.ai.anthropic;

import static io.warmgate.ai.Dialect.ANTHROPIC_MESSAGES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ImageSource;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts as content blocks of a request. */
final class AnthropicBlockWriter {
  private static final String PATH = "messages[].content[].";

  private AnthropicBlockWriter() {}

  /** A string where it can be one. */
  static JsonNode content(List<Part> parts) {
    ArrayNode blocks = blocks(parts);
    boolean isString =
        blocks.size() == 1 && blocks.get(0).size() == 2 && parts.getFirst() instanceof Part.Text;
    return isString ? blocks.get(0).path("text") : blocks;
  }

  static ArrayNode blocks(List<Part> parts) {
    ArrayNode blocks = Json.array();
    parts.forEach(part -> blocks.add(block(part)));
    return blocks;
  }

  private static JsonNode block(Part part) {
    return switch (part) {
      case Part.Text(String text, Extras extras) -> with(extras, typed("text").put("text", text));
      // It is what the model said, after all.
      case Part.Refusal(String text, Extras extras) ->
          with(extras, typed("text").put("text", text));
      case Part.Image image -> image(image);
      case Part.ToolCall call -> call(call);
      case Part.ToolResult result -> result(result);
      case Part.Reasoning(String text, String signature, Extras extras) ->
          with(extras, thinking(text, signature));
      case Part.HiddenReasoning(String data, Extras extras) ->
          with(extras, typed("redacted_thinking").put("data", data));
      case Part.Opaque own -> {
        if (own.extras().dialect() != ANTHROPIC_MESSAGES) {
          throw TranslationException.unknownTo(
              ANTHROPIC_MESSAGES, PATH + "type (" + own.type() + ")");
        }
        yield own.node();
      }
    };
  }

  private static ObjectNode typed(String type) {
    return Json.object().put("type", type);
  }

  private static ObjectNode with(Extras extras, ObjectNode block) {
    extras.writeTo(block, ANTHROPIC_MESSAGES, PATH);
    return block;
  }

  private static ObjectNode thinking(String text, @Nullable String signature) {
    if (signature == null) {
      throw new TranslationException(
          "messages[].reasoning_content",
          ANTHROPIC_MESSAGES.title() + " takes back only thoughts that Anthropic has signed");
    }
    return typed("thinking").put("thinking", text).put("signature", signature);
  }

  private static ObjectNode image(Part.Image image) {
    if (image.detail() != null) {
      throw TranslationException.unknownTo(ANTHROPIC_MESSAGES, PATH + "image_url.detail");
    }
    ObjectNode block = typed("image");
    ObjectNode source = block.putObject("source");
    switch (image.source()) {
      case ImageSource.Inline(String mediaType, String base64) ->
          source.put("type", "base64").put("media_type", mediaType).put("data", base64);
      case ImageSource.Remote(String url) -> source.put("type", "url").put("url", url);
    }
    return with(image.extras(), block);
  }

  private static ObjectNode call(Part.ToolCall call) {
    ObjectNode block = typed("tool_use").put("id", call.id()).put("name", call.name());
    block.set("input", input(call, "messages[].tool_calls[].function.arguments"));
    return with(call.extras(), block);
  }

  /** Arguments are an object here, and what a model wrote elsewhere may be none. */
  static ObjectNode input(Part.ToolCall call, String field) {
    try {
      if (Json.parse(call.arguments()) instanceof ObjectNode input) {
        return input;
      }
    } catch (TranslationException e) {
      throw new TranslationException(
          field, "the arguments of " + call.name() + " are " + e.getMessage());
    }
    throw new TranslationException(field, "the arguments of " + call.name() + " are no object");
  }

  private static ObjectNode result(Part.ToolResult result) {
    ObjectNode block = typed("tool_result").put("tool_use_id", result.callId());
    if (!result.content().isEmpty()) {
      block.set("content", content(result.content()));
    }
    if (result.result() == Part.Result.FAILED) {
      block.put("is_error", true);
    }
    return with(result.extras(), block);
  }
}
