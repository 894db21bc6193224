package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_CHAT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ImageSource;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Turn;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Turns as {@code messages}. */
final class OpenAiMessageWriter {
  private final OpenAiProvider.Flavour flavour;

  OpenAiMessageWriter(OpenAiProvider.Flavour flavour) {
    this.flavour = flavour;
  }

  ArrayNode write(List<Turn> turns) {
    ArrayNode messages = Json.array();
    for (Turn turn : turns) {
      switch (turn.role()) {
        case SYSTEM -> messages.add(plain("system", turn));
        case DEVELOPER -> messages.add(plain("developer", turn));
        case USER -> messages.add(plain("user", turn));
        case ASSISTANT -> messages.add(assistant(turn));
        case TOOLS -> turn.parts().forEach(part -> messages.add(result(part)));
      }
    }
    return messages;
  }

  private static ObjectNode plain(String role, Turn turn) {
    ObjectNode message = Json.object().put("role", role);
    message.set("content", content(turn.parts()));
    turn.extras().writeTo(message, OPENAI_CHAT, "messages[].");
    return message;
  }

  private static ObjectNode result(Part part) {
    if (!(part instanceof Part.ToolResult result)) {
      throw new IllegalArgumentException("a turn of tools has results alone");
    }
    ObjectNode message = Json.object().put("role", "tool").put("tool_call_id", result.callId());
    for (Part inner : result.content()) {
      if (!(inner instanceof Part.Text)
          && !(inner instanceof Part.Opaque own && own.extras().dialect() == OPENAI_CHAT)) {
        throw new TranslationException(
            "messages[].content[].content", "a tool's result is text in " + OPENAI_CHAT.title());
      }
    }
    message.set("content", content(told(result)));
    result.extras().writeTo(message, OPENAI_CHAT, "messages[].content[].");
    return message;
  }

  /** That a call failed can be said in words alone here. */
  private static List<Part> told(Part.ToolResult result) {
    if (result.result() == Part.Result.WORKED) {
      return result.content();
    }
    List<Part> told = new ArrayList<>(result.content());
    if (!told.isEmpty() && told.getFirst() instanceof Part.Text(String text, var extras)) {
      told.set(0, new Part.Text("Error: " + text, extras));
    } else {
      told.addFirst(new Part.Text("Error", result.extras()));
    }
    return told;
  }

  /** A string where it can be one: many servers know nothing else. */
  private static JsonNode content(List<Part> parts) {
    ArrayNode content = Json.array();
    parts.forEach(part -> content.add(node(part)));
    boolean isString =
        content.size() == 1
            && content.get(0).size() == 2
            && content.get(0).path("text").isTextual();
    return isString ? content.get(0).path("text") : content;
  }

  private static JsonNode node(Part part) {
    return switch (part) {
      case Part.Text(String text, var extras) -> {
        ObjectNode node = Json.object().put("type", "text").put("text", text);
        extras.writeTo(node, OPENAI_CHAT, "messages[].content[].");
        yield node;
      }
      case Part.Refusal(String text, var extras) -> {
        ObjectNode node = Json.object().put("type", "refusal").put("refusal", text);
        extras.writeTo(node, OPENAI_CHAT, "messages[].content[].");
        yield node;
      }
      case Part.Image image -> image(image);
      case Part.Opaque own -> own(own);
      case Part.ToolCall call -> throw misplaced("tool_use", call);
      case Part.ToolResult result -> throw misplaced("tool_result", result);
      case Part.Reasoning reasoning -> throw misplaced("thinking", reasoning);
      case Part.HiddenReasoning hidden -> throw misplaced("redacted_thinking", hidden);
    };
  }

  private static TranslationException misplaced(String type, Part part) {
    return new TranslationException(
        "messages[].content[].type",
        type + " is not in its place: " + part.getClass().getSimpleName());
  }

  private static ObjectNode image(Part.Image image) {
    String url =
        switch (image.source()) {
          case ImageSource.Inline inline -> inline.toDataUrl();
          case ImageSource.Remote(String remote) -> remote;
        };
    ObjectNode node = Json.object().put("type", "image_url");
    ObjectNode inner = node.putObject("image_url").put("url", url);
    if (image.detail() != null) {
      inner.put("detail", image.detail());
    }
    image.extras().writeTo(node, OPENAI_CHAT, "messages[].content[].");
    return node;
  }

  private static JsonNode own(Part.Opaque own) {
    if (own.extras().dialect() != OPENAI_CHAT) {
      throw TranslationException.unknownTo(
          OPENAI_CHAT, "messages[].content[].type (" + own.type() + ")");
    }
    return own.node();
  }

  private ObjectNode assistant(Turn turn) {
    ObjectNode message = Json.object().put("role", "assistant");
    List<Part> said = new ArrayList<>();
    List<String> thoughts = new ArrayList<>();
    ArrayNode calls = Json.array();
    for (Part part : turn.parts()) {
      switch (part) {
        case Part.ToolCall call -> calls.add(call(call));
        case Part.Reasoning reasoning -> thoughts.add(thought(reasoning));
        case Part.HiddenReasoning hidden ->
            throw TranslationException.unknownTo(
                OPENAI_CHAT, "messages[].content[].type (redacted_thinking)");
        case Part.Opaque own when isCall(own) -> calls.add(own.node());
        case Part.Text text -> said.add(text);
        case Part.Refusal refusal -> said.add(refusal);
        case Part.Image image -> said.add(image);
        case Part.Opaque own -> said.add(own);
        case Part.ToolResult result -> throw misplaced("tool_result", result);
      }
    }
    message.set("content", said.isEmpty() ? null : content(said));
    if (!thoughts.isEmpty()) {
      message.put("reasoning_content", String.join("\n\n", thoughts));
    }
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    }
    turn.extras().writeTo(message, OPENAI_CHAT, "messages[].");
    return message;
  }

  private static boolean isCall(Part.Opaque own) {
    return own.extras().dialect() == OPENAI_CHAT && own.node().has("id");
  }

  private String thought(Part.Reasoning reasoning) {
    boolean foreign = reasoning.extras().dialect() != OPENAI_CHAT;
    if (foreign && flavour == OpenAiProvider.Flavour.OPENAI) {
      throw TranslationException.unknownTo(OPENAI_CHAT, "messages[].content[].type (thinking)");
    }
    reasoning.extras().requireInert(OPENAI_CHAT, "messages[].content[].");
    return reasoning.text();
  }

  static ObjectNode call(Part.ToolCall call) {
    ObjectNode node = Json.object().put("id", call.id()).put("type", "function");
    node.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    call.extras().writeTo(node, OPENAI_CHAT, "messages[].content[].");
    return node;
  }
}
