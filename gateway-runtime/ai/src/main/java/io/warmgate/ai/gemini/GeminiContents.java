package io.warmgate.ai.gemini;

import static io.warmgate.ai.Dialect.GEMINI;

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
import org.jspecify.annotations.Nullable;

/** Turns as {@code systemInstruction} and {@code contents}. */
final class GeminiContents {
  private static final String PATH = "messages[].content[].";

  /** "Thought signatures": what a call has instead that no Gemini has made. */
  private static final String NOBODYS = "skip_thought_signature_validator";

  private final Map<String, String> names = new HashMap<>();
  private final boolean wantsSignatures;

  /**
   * @param model those before 3 do without signatures
   */
  GeminiContents(String model) {
    this.wantsSignatures = !model.startsWith("gemini-1") && !model.startsWith("gemini-2");
  }

  void write(List<Turn> turns, ObjectNode root) {
    ArrayNode instructions = Json.array();
    ArrayNode contents = Json.array();
    for (Turn turn : turns) {
      turn.extras().requireInert(GEMINI, "messages[].");
      switch (turn.role()) {
        case SYSTEM, DEVELOPER -> {
          if (!contents.isEmpty()) {
            throw new TranslationException(
                "messages[].role", GEMINI.title() + " takes instructions before all others alone");
          }
          turn.parts().forEach(part -> instructions.add(said(part)));
        }
        case USER -> content("user", turn, contents);
        case ASSISTANT -> content("model", turn, contents);
        case TOOLS -> content("user", turn, contents);
      }
    }
    if (!instructions.isEmpty()) {
      root.putObject("systemInstruction").set("parts", instructions);
    }
    root.set("contents", contents);
  }

  private void content(String role, Turn turn, ArrayNode contents) {
    ObjectNode content = contents.addObject().put("role", role);
    ArrayNode parts = content.putArray("parts");
    boolean called = false;
    for (Part part : turn.parts()) {
      if (part instanceof Part.ToolCall call) {
        parts.add(call(call, called));
        called = true;
      } else if (part instanceof Part.ToolResult result) {
        parts.add(result(result));
      } else {
        parts.add(said(part));
      }
    }
    if (parts.isEmpty()) {
      parts.addObject().put("text", "");
    }
  }

  private static ObjectNode said(Part part) {
    part.extras().requireInert(GEMINI, PATH);
    return switch (part) {
      case Part.Text(String text, var extras) -> Json.object().put("text", text);
      case Part.Refusal(String text, var extras) -> Json.object().put("text", text);
      case Part.Image image -> image(image);
      case Part.Reasoning(String text, String signature, var extras) -> thought(text, signature);
      case Part.HiddenReasoning hidden ->
          throw TranslationException.unknownTo(GEMINI, PATH + "type (redacted_thinking)");
      case Part.Opaque own ->
          throw TranslationException.unknownTo(GEMINI, PATH + "type (" + own.type() + ")");
      case Part.ToolCall call -> throw misplaced(call);
      case Part.ToolResult result -> throw misplaced(result);
    };
  }

  private static TranslationException misplaced(Part part) {
    return new TranslationException(
        PATH + "type", part.getClass().getSimpleName() + " is not in its place");
  }

  /** Its own thoughts have none: a signature is another provider's. */
  private static ObjectNode thought(String text, @Nullable String signature) {
    if (signature != null && !signature.isEmpty()) {
      throw TranslationException.unknownTo(GEMINI, PATH + "type (thinking)");
    }
    return Json.object().put("text", text).put("thought", true);
  }

  private static ObjectNode image(Part.Image image) {
    if (image.detail() != null) {
      throw TranslationException.unknownTo(GEMINI, PATH + "image_url.detail");
    }
    ObjectNode part = Json.object();
    switch (image.source()) {
      case ImageSource.Inline(String mediaType, String base64) ->
          part.putObject("inlineData").put("mimeType", mediaType).put("data", base64);
      case ImageSource.Remote(String url) -> part.putObject("fileData").put("fileUri", url);
    }
    return part;
  }

  /**
   * @param more whether it is not the first of its turn, which alone has to be signed
   */
  private ObjectNode call(Part.ToolCall call, boolean more) {
    call.extras().requireInert(GEMINI, PATH);
    names.put(call.id(), call.name());
    CallId id = CallId.of(call.id());
    ObjectNode part = Json.object();
    part.putObject("functionCall")
        .put("id", id.id())
        .put("name", call.name())
        .set("args", args(call));
    if (id.signature() != null) {
      part.put("thoughtSignature", id.signature());
    } else if (!more && wantsSignatures) {
      part.put("thoughtSignature", NOBODYS);
    }
    return part;
  }

  private static JsonNode args(Part.ToolCall call) {
    String field = "messages[].tool_calls[].function.arguments";
    try {
      if (Json.parse(call.arguments()) instanceof ObjectNode args) {
        return args;
      }
    } catch (TranslationException e) {
      throw new TranslationException(
          field, "the arguments of " + call.name() + " are " + e.getMessage());
    }
    throw new TranslationException(field, "the arguments of " + call.name() + " are no object");
  }

  /** "Use output to specify function output and error to specify error details". */
  private ObjectNode result(Part.ToolResult result) {
    result.extras().requireInert(GEMINI, PATH);
    String name = names.get(result.callId());
    if (name == null) {
      throw new TranslationException("messages[].tool_call_id", "there is no such call before it");
    }
    StringBuilder text = new StringBuilder();
    for (Part part : result.content()) {
      if (!(part instanceof Part.Text(String said, var extras))) {
        throw new TranslationException(
            PATH + "content", "a tool's result is text in " + GEMINI.title());
      }
      extras.requireInert(GEMINI, PATH);
      text.append(text.isEmpty() ? "" : "\n").append(said);
    }
    ObjectNode part = Json.object();
    part.putObject("functionResponse")
        .put("id", CallId.of(result.callId()).id())
        .put("name", name)
        .putObject("response")
        .put(result.result() == Part.Result.WORKED ? "output" : "error", text.toString());
    return part;
  }
}
