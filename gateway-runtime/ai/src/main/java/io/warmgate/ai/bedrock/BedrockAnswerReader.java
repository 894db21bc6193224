package io.warmgate.ai.bedrock;

import static io.warmgate.ai.Dialect.BEDROCK_CONVERSE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;

/** {@code ConverseResponse}, or an error in its place. */
final class BedrockAnswerReader {
  private static final Extras NONE = Extras.none(BEDROCK_CONVERSE);

  private BedrockAnswerReader() {}

  static Outcome read(byte[] body, String model) {
    try {
      JsonNode root = Json.parse(body);
      ModelError error = BedrockErrors.inside(root);
      return error == null
          ? new Outcome.Answered(answer(FieldReader.of(root, ""), model))
          : new Outcome.Failed(error);
    } catch (TranslationException e) {
      return new Outcome.Failed(
          ModelError.of(
              ErrorKind.UNREADABLE, "the provider's answer cannot be read: " + e.getMessage()));
    }
  }

  private static ChatAnswer answer(FieldReader root, String model) {
    AnswerId id = new AnswerId(root.textOr(ConverseHead.ID, ""), model, null, null);
    FieldReader message = root.neededObject("output").neededObject("message");
    message.any("role");
    List<Part> parts = new ArrayList<>();
    message.objects("content").forEach(block -> parts.add(part(block)));
    FieldReader usage = root.object("usage");
    Usage tokens = usage == null ? null : BedrockUsage.read(usage);
    return new ChatAnswer(
        id, parts, BedrockStops.read(root.text("stopReason")), tokens, root.rest(BEDROCK_CONVERSE));
  }

  private static Part part(FieldReader block) {
    if (block.has("text")) {
      return new Part.Text(block.textOr("text", ""), NONE);
    }
    JsonNode call = block.peek("toolUse");
    if (call != null && !call.has("type")) {
      return call(block.neededObject("toolUse"));
    }
    if (block.has("reasoningContent")) {
      return thought(block.neededObject("reasoningContent"));
    }
    return own(block);
  }

  private static Part call(FieldReader call) {
    JsonNode input = call.any("input");
    if (input != null && !input.isObject()) {
      throw new TranslationException(call.at("input"), "must be an object");
    }
    return new Part.ToolCall(
        call.neededText("toolUseId"),
        call.neededText("name"),
        input == null ? "{}" : Json.string(input),
        NONE);
  }

  private static Part thought(FieldReader thought) {
    if (thought.has("redactedContent")) {
      return new Part.HiddenReasoning(thought.neededText("redactedContent"), NONE);
    }
    FieldReader text = thought.neededObject("reasoningText");
    return new Part.Reasoning(text.textOr("text", ""), text.text("signature"), NONE);
  }

  /** What hosted tools did, citations, pictures, and what is not known here. */
  private static Part own(FieldReader block) {
    ObjectNode node = Json.object();
    block.rest(BEDROCK_CONVERSE).fields().forEach(node::set);
    String type = node.isEmpty() ? "" : node.fieldNames().next();
    ObjectNode typed = Json.object().put("type", type);
    return new Part.Opaque(typed.setAll(node), NONE);
  }
}
