package io.warmgate.ai.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.CallId;
import io.warmgate.ai.chat.ImageSource;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Turn;
import io.warmgate.ai.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns in one form. The ids of tool calls only tie results to calls, and every answer makes up new
 * ones: here they are numbers, in the order in which they come.
 */
final class CanonicalTurns {
  private final Map<String, Integer> calls = new HashMap<>();

  ArrayNode of(List<Turn> turns) {
    ArrayNode nodes = Json.array();
    for (Turn turn : turns) {
      ObjectNode node = nodes.addObject().put("role", turn.role().name());
      node.set("parts", parts(turn.parts()));
      CanonicalExtras.put(node, turn.extras());
    }
    return nodes;
  }

  private ArrayNode parts(List<Part> parts) {
    ArrayNode nodes = Json.array();
    for (Part part : parts) {
      ObjectNode node = part(part);
      CanonicalExtras.put(node, part.extras());
      nodes.add(node);
    }
    return nodes;
  }

  private ObjectNode part(Part part) {
    return switch (part) {
      case Part.Text(String text, var e) -> Json.object().put("text", text);
      case Part.Refusal(String text, var e) -> Json.object().put("refusal", text);
      case Part.Image image -> image(image);
      case Part.ToolCall call -> {
        ObjectNode node = Json.object().put("call", number(call.id())).put("name", call.name());
        String signature = CallId.of(call.id()).signature();
        if (signature != null) {
          node.put("signature", signature);
        }
        node.set("arguments", arguments(call.arguments()));
        yield node;
      }
      case Part.ToolResult result -> {
        ObjectNode node = Json.object().put("result", number(result.callId()));
        node.put("outcome", result.result().name());
        node.set("content", parts(result.content()));
        yield node;
      }
      case Part.Reasoning reasoning -> {
        ObjectNode node = Json.object().put("reasoning", reasoning.text());
        if (reasoning.signature() != null) {
          node.put("signature", reasoning.signature());
        }
        yield node;
      }
      case Part.HiddenReasoning(String data, var e) -> Json.object().put("hidden", data);
      case Part.Opaque own ->
          Json.object().put("dialect", own.extras().dialect().name()).set("opaque", own.node());
    };
  }

  /** The picture itself, whatever it is written as. */
  private static ObjectNode image(Part.Image image) {
    ObjectNode node = Json.object();
    switch (image.source()) {
      case ImageSource.Inline inline -> node.put("image", Sha256.hex(inline.decoded()));
      case ImageSource.Remote(String url) -> node.put("url", url);
    }
    if (image.detail() != null) {
      node.put("detail", image.detail());
    }
    return node;
  }

  private int number(String id) {
    return calls.computeIfAbsent(id, any -> calls.size());
  }

  /** JSON in one form, or the text where it is none. */
  private static JsonNode arguments(String text) {
    try {
      return Json.array().add(Json.parse(text));
    } catch (TranslationException e) {
      return Json.text(text);
    }
  }
}
