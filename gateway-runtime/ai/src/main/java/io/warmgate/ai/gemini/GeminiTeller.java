package io.warmgate.ai.gemini;

import static io.warmgate.ai.Dialect.GEMINI;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front.ErrorBody;
import io.warmgate.ai.Teller;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.UntoldContent;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.CallId;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamWriter;
import org.jspecify.annotations.Nullable;

/** Tells answers as Gemini would have. */
public final class GeminiTeller implements Teller {

  @Override
  public Dialect dialect() {
    return GEMINI;
  }

  @Override
  public byte[] writeAnswer(ChatAnswer answer) {
    UntoldContent.requireNone(answer, GEMINI);
    ArrayNode parts = Json.array();
    answer.parts().forEach(part -> parts.add(part(part)));
    ObjectNode root = response(parts, answer.stop(), answer.dialect());
    return Json.bytes(finish(root, answer.id(), answer.usage()));
  }

  @Override
  public StreamWriter openStream(ChatRequest request) {
    return new GeminiStreamWriter();
  }

  @Override
  public ErrorBody writeError(ModelError error) {
    return GeminiErrors.write(error);
  }

  static ObjectNode response(ArrayNode parts, Stop stop, Dialect provider) {
    ObjectNode root = Json.object();
    ObjectNode candidate = root.putArray("candidates").addObject();
    ObjectNode content = candidate.putObject("content");
    content.set("parts", parts);
    content.put("role", "model");
    String reason = GeminiStops.write(stop, provider);
    if (reason != null) {
      candidate.put("finishReason", reason);
    }
    candidate.put("index", 0);
    return root;
  }

  static ObjectNode finish(ObjectNode root, AnswerId id, @Nullable Usage usage) {
    if (usage != null) {
      root.set("usageMetadata", GeminiUsage.write(usage));
    }
    return root.put("modelVersion", id.model()).put("responseId", id.id());
  }

  static JsonNode part(Part part) {
    return switch (part) {
      case Part.Text(String text, var extras) -> Json.object().put("text", text);
      case Part.Refusal(String text, var extras) -> Json.object().put("text", text);
      case Part.Reasoning(String text, var signature, var extras) ->
          Json.object().put("text", text).put("thought", true);
      case Part.ToolCall call -> call(call);
      case Part.Opaque own when own.extras().dialect() == GEMINI -> own(own);
      case Part.Opaque own -> throw TranslationException.unknownTo(GEMINI, own.type());
      case Part.HiddenReasoning hidden ->
          throw TranslationException.unknownTo(GEMINI, "redacted_thinking");
      case Part.Image image -> throw TranslationException.unknownTo(GEMINI, "image");
      case Part.ToolResult result -> throw TranslationException.unknownTo(GEMINI, "tool_result");
    };
  }

  private static ObjectNode call(Part.ToolCall call) {
    CallId id = CallId.of(call.id());
    ObjectNode node = Json.object();
    node.putObject("functionCall")
        .put("id", id.id())
        .put("name", call.name())
        .set("args", call.arguments().isEmpty() ? Json.object() : Json.parse(call.arguments()));
    if (id.signature() != null) {
      node.put("thoughtSignature", id.signature());
    }
    return node;
  }

  private static ObjectNode own(Part.Opaque own) {
    return own.node().<ObjectNode>deepCopy().without("type");
  }
}
