package io.warmgate.ai.anthropic;

import static io.warmgate.ai.Dialect.ANTHROPIC_MESSAGES;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ImageSource;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Content blocks, of requests and answers. */
final class AnthropicBlocks {
  private static final Extras NONE = Extras.none(ANTHROPIC_MESSAGES);

  private AnthropicBlocks() {}

  /** A string is one block of text. */
  static List<Part> read(FieldReader owner, String name) {
    JsonNode content = owner.peek(name);
    if (content == null) {
      throw new TranslationException(owner.at(name), "is missing");
    }
    if (content.isTextual()) {
      return List.of(new Part.Text(owner.textOr(name, ""), NONE));
    }
    List<JsonNode> nodes = owner.list(name);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      parts.add(part(nodes.get(i), owner.at(name) + "[" + i + "]"));
    }
    return parts;
  }

  static Part part(JsonNode node, String path) {
    FieldReader block = FieldReader.of(node, path);
    return switch (block.neededText("type")) {
      case "text" -> new Part.Text(block.neededText("text"), rest(block));
      case "image" -> image(node, block);
      case "tool_use" -> call(block);
      case "tool_result" -> result(block);
      case "thinking" -> {
        String text = block.neededText("thinking");
        String signature = block.textOr("signature", "");
        yield new Part.Reasoning(text, signature.isEmpty() ? null : signature, rest(block));
      }
      case "redacted_thinking" -> new Part.HiddenReasoning(block.neededText("data"), rest(block));
      default -> new Part.Opaque(node, NONE);
    };
  }

  private static Extras rest(FieldReader block) {
    return block.rest(ANTHROPIC_MESSAGES);
  }

  private static Part image(JsonNode node, FieldReader block) {
    FieldReader source = block.neededObject("source");
    return switch (source.neededText("type")) {
      case "base64" -> {
        String type = source.neededText("media_type");
        ImageSource inline = ImageSource.inline(type, source.neededText("data"), source.at("data"));
        yield new Part.Image(inline, null, rest(block));
      }
      case "url" ->
          new Part.Image(new ImageSource.Remote(source.neededText("url")), null, rest(block));
      // A file that lies at the provider's.
      default -> new Part.Opaque(node, NONE);
    };
  }

  private static Part call(FieldReader block) {
    String id = block.neededText("id");
    String name = block.neededText("name");
    JsonNode input = block.needed("input");
    if (!input.isObject()) {
      throw new TranslationException(block.at("input"), "must be an object");
    }
    return new Part.ToolCall(id, name, Json.string(input), rest(block));
  }

  private static Part result(FieldReader block) {
    String id = block.neededText("tool_use_id");
    Part.Result result = block.isTrue("is_error") ? Part.Result.FAILED : Part.Result.WORKED;
    List<Part> content = block.has("content") ? read(block, "content") : List.of();
    return new Part.ToolResult(id, content, result, rest(block));
  }
}
