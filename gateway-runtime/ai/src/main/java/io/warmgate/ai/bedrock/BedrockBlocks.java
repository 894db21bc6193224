package io.warmgate.ai.bedrock;

import static io.warmgate.ai.Dialect.BEDROCK_CONVERSE;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ImageSource;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.Json;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parts of a question as content blocks. */
final class BedrockBlocks {
  private static final String PATH = "messages[].content[].";
  private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "webp");

  private BedrockBlocks() {}

  static ObjectNode instruction(Part part) {
    if (part instanceof Part.Text) {
      return block(part);
    }
    throw new TranslationException(
        PATH + "type", "instructions are text in " + BEDROCK_CONVERSE.title());
  }

  static ObjectNode block(Part part) {
    part.extras().requireInert(BEDROCK_CONVERSE, PATH);
    return switch (part) {
      case Part.Text(String text, var _) -> Json.object().put("text", text);
      // It is what the model said, after all.
      case Part.Refusal(String text, var _) -> Json.object().put("text", text);
      case Part.Image image -> image(image);
      case Part.ToolCall call ->
          call(call, BedrockCallId.of(call.id()), "messages[].tool_calls[].function.arguments");
      case Part.ToolResult result -> result(result);
      case Part.Reasoning(String text, String signature, var _) -> thought(text, signature);
      case Part.HiddenReasoning(String data, var _) -> hidden(data);
      case Part.Opaque own ->
          throw TranslationException.unknownTo(
              BEDROCK_CONVERSE, PATH + "type (" + own.type() + ")");
    };
  }

  static ObjectNode thought(String text, @Nullable String signature) {
    ObjectNode block = Json.object();
    ObjectNode thought = block.putObject("reasoningContent").putObject("reasoningText");
    thought.put("text", text);
    if (signature != null) {
      thought.put("signature", signature);
    }
    return block;
  }

  private static ObjectNode hidden(String data) {
    try {
      Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw new TranslationException(PATH + "data", "is none of " + BEDROCK_CONVERSE.title());
    }
    return redacted(data);
  }

  static ObjectNode redacted(String data) {
    ObjectNode block = Json.object();
    block.putObject("reasoningContent").put("redactedContent", data);
    return block;
  }

  private static ObjectNode image(Part.Image image) {
    if (image.detail() != null) {
      throw TranslationException.unknownTo(BEDROCK_CONVERSE, PATH + "image_url.detail");
    }
    return switch (image.source()) {
      case ImageSource.Inline(String mediaType, String base64) -> {
        String format = mediaType.startsWith("image/") ? mediaType.substring(6) : "";
        if (!FORMATS.contains(format)) {
          throw new TranslationException(
              PATH + "image_url.url",
              BEDROCK_CONVERSE.title() + " takes PNG, JPEG, GIF and WebP, not " + mediaType);
        }
        ObjectNode block = Json.object();
        block.putObject("image").put("format", format).putObject("source").put("bytes", base64);
        yield block;
      }
      case ImageSource.Remote _ ->
          throw new TranslationException(
              PATH + "image_url.url",
              BEDROCK_CONVERSE.title() + " takes pictures in the request alone: use a data URL");
    };
  }

  /**
   * @param field of the arguments, for the error
   */
  static ObjectNode call(Part.ToolCall call, String id, String field) {
    ObjectNode block = Json.object();
    block
        .putObject("toolUse")
        .put("toolUseId", id)
        .put("name", call.name())
        .set("input", input(call, field));
    return block;
  }

  private static ObjectNode input(Part.ToolCall call, String field) {
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
    ObjectNode block = Json.object();
    ObjectNode told = block.putObject("toolResult");
    told.put("toolUseId", BedrockCallId.of(result.callId()));
    ArrayNode content = told.putArray("content");
    for (Part part : result.content()) {
      if (!(part instanceof Part.Text) && !(part instanceof Part.Image)) {
        throw new TranslationException(
            PATH + "content",
            "a tool's result is text and pictures in " + BEDROCK_CONVERSE.title());
      }
      content.add(block(part));
    }
    if (result.result() == Part.Result.FAILED) {
      told.put("status", "error");
    }
    return block;
  }
}
