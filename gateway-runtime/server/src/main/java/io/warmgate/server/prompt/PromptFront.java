package io.warmgate.server.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamWriter;

/**
 * Speaks to clients of a prompt: they send its parameters, and get {@code {"text": …}}, or what its
 * schema of answers says.
 *
 * @param form in which they want the answer
 */
public record PromptFront(CompiledPrompt prompt, Delivery.Form form) implements Front {

  @Override
  public Dialect dialect() {
    return Dialect.PROMPT;
  }

  @Override
  public ChatRequest readRequest(byte[] body) {
    JsonNode values = body.length == 0 ? Json.object() : Json.parse(body);
    return prompt.ask(values, form);
  }

  @Override
  public byte[] writeAnswer(ChatAnswer answer) {
    StringBuilder text = new StringBuilder();
    answer.parts().forEach(part -> text.append(text(part)));
    if (prompt.prompt().output() != null) {
      return Json.bytes(Json.parse(text.toString()));
    }
    ObjectNode root = Json.object().put("text", text.toString());
    root.put("finishReason", finish(answer.stop()));
    return Json.bytes(root);
  }

  /** What of an answer is its text. */
  static String text(Part part) {
    return switch (part) {
      case Part.Text said -> said.text();
      case Part.Refusal refusal -> refusal.text();
      case Part.Reasoning _, Part.HiddenReasoning _ -> "";
      case Part.ToolCall _, Part.ToolResult _ -> throw unsaid("tools");
      case Part.Image _ -> throw unsaid("image");
      case Part.Opaque own -> throw unsaid(own.type());
    };
  }

  static TranslationException unsaid(String what) {
    return TranslationException.unknownTo(Dialect.PROMPT, "the answer's " + what);
  }

  /** What is not whole must not look so. */
  static String finish(Stop stop) {
    return switch (stop.reason()) {
      case END, STOP_SEQUENCE -> "stop";
      case FILTERED, REFUSED -> "filtered";
      case TOOL_CALLS, MAX_TOKENS, CONTEXT_FULL, PAUSED, OTHER, NOT_SAID -> "length";
    };
  }

  @Override
  public StreamWriter openStream(ChatRequest request) {
    return new PromptStreamWriter();
  }

  @Override
  public String errorType() {
    return "application/problem+json";
  }

  @Override
  public ErrorBody writeError(ModelError error) {
    return PromptErrors.write(error);
  }
}
