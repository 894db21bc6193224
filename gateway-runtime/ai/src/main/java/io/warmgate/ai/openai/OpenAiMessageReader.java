package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_CHAT;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ImageSource;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Turn;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;

/** {@code messages}. A run of {@code tool} messages is one turn. */
final class OpenAiMessageReader {
  private static final Extras NONE = Extras.none(OPENAI_CHAT);

  private OpenAiMessageReader() {}

  static List<Turn> read(List<FieldReader> messages) {
    List<Turn> turns = new ArrayList<>();
    List<Part> results = new ArrayList<>();
    for (FieldReader message : messages) {
      String role = message.neededText("role");
      if (role.equals("tool")) {
        results.add(result(message));
        continue;
      }
      endResults(results, turns);
      List<Part> parts =
          role.equals("assistant") ? assistant(message) : content(message, "content");
      turns.add(new Turn(role(role, message.at("role")), parts, message.rest(OPENAI_CHAT)));
    }
    endResults(results, turns);
    return turns;
  }

  private static void endResults(List<Part> results, List<Turn> turns) {
    if (!results.isEmpty()) {
      turns.add(new Turn(Turn.Role.TOOLS, results, NONE));
      results.clear();
    }
  }

  private static Turn.Role role(String role, String field) {
    return switch (role) {
      case "system" -> Turn.Role.SYSTEM;
      case "developer" -> Turn.Role.DEVELOPER;
      case "user" -> Turn.Role.USER;
      case "assistant" -> Turn.Role.ASSISTANT;
      default -> throw new TranslationException(field, "no role of a message");
    };
  }

  private static Part result(FieldReader message) {
    String id = message.neededText("tool_call_id");
    List<Part> content = content(message, "content");
    return new Part.ToolResult(id, content, Part.Result.WORKED, message.rest(OPENAI_CHAT));
  }

  private static List<Part> content(FieldReader message, String name) {
    JsonNode content = message.peek(name);
    if (content == null) {
      throw new TranslationException(message.at(name), "is missing");
    }
    if (content.isTextual()) {
      return List.of(new Part.Text(String.valueOf(message.text(name)), NONE));
    }
    List<JsonNode> nodes = message.list(name);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      parts.add(part(nodes.get(i), message.at(name) + "[" + i + "]"));
    }
    return parts;
  }

  private static Part part(JsonNode node, String path) {
    FieldReader part = FieldReader.of(node, path);
    return switch (part.neededText("type")) {
      case "text" -> new Part.Text(part.neededText("text"), part.rest(OPENAI_CHAT));
      case "refusal" -> new Part.Refusal(part.neededText("refusal"), part.rest(OPENAI_CHAT));
      case "image_url" -> image(part);
      default -> new Part.Opaque(node, NONE);
    };
  }

  private static Part image(FieldReader part) {
    FieldReader image = part.neededObject("image_url");
    ImageSource source = ImageSource.ofUrl(image.neededText("url"), image.at("url"));
    String detail = image.text("detail");
    // "auto" is the default.
    String kept = "auto".equals(detail) ? null : detail;
    return new Part.Image(source, kept, part.rest(OPENAI_CHAT));
  }

  /** In the order in which a model makes them. */
  static List<Part> assistant(FieldReader message) {
    List<Part> parts = new ArrayList<>();
    // vLLM, DeepSeek and others; vLLM renamed it.
    for (String name : List.of("reasoning_content", "reasoning")) {
      JsonNode said = message.peek(name);
      if (said != null && said.isTextual()) {
        String text = message.textOr(name, "");
        if (!text.isEmpty() && parts.isEmpty()) {
          parts.add(new Part.Reasoning(text, null, NONE));
        }
      }
    }
    JsonNode content = message.peek("content");
    if (content != null && content.isTextual() && content.textValue().isEmpty()) {
      message.text("content");
    } else if (content != null) {
      parts.addAll(content(message, "content"));
    }
    String refusal = message.text("refusal");
    if (refusal != null) {
      parts.add(new Part.Refusal(refusal, NONE));
    }
    calls(message, parts);
    return parts;
  }

  private static void calls(FieldReader message, List<Part> parts) {
    List<JsonNode> nodes = message.list("tool_calls");
    for (int i = 0; i < nodes.size(); i++) {
      FieldReader call = FieldReader.of(nodes.get(i), message.at("tool_calls") + "[" + i + "]");
      if (call.textOr("type", "function").equals("function")) {
        parts.add(call(call));
      } else {
        parts.add(new Part.Opaque(nodes.get(i), NONE));
      }
    }
  }

  /** JSON text; servers like Ollama give the object itself. */
  static String arguments(FieldReader function) {
    JsonNode said = function.peek("arguments");
    return said != null && said.isObject()
        ? Json.string(function.needed("arguments"))
        : function.textOr("arguments", "");
  }

  private static Part call(FieldReader call) {
    String id = call.textOr("id", "");
    FieldReader function = call.neededObject("function");
    String name = function.neededText("name");
    String arguments = arguments(function);
    return new Part.ToolCall(
        id, name, arguments.isBlank() ? "{}" : arguments, call.rest(OPENAI_CHAT));
  }
}
