package io.warmgate.ai.bedrock;

import static io.warmgate.ai.Dialect.BEDROCK_CONVERSE;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front.ErrorBody;
import io.warmgate.ai.Teller;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.UntoldContent;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamWriter;

/** Tells answers as Bedrock would have; its streams as {@link ConverseEvents} have them. */
public final class BedrockTeller implements Teller {

  @Override
  public Dialect dialect() {
    return BEDROCK_CONVERSE;
  }

  @Override
  public byte[] writeAnswer(ChatAnswer answer) {
    UntoldContent.requireNone(answer, BEDROCK_CONVERSE);
    ObjectNode root = Json.object();
    if (!answer.id().id().isEmpty()) {
      root.put(ConverseHead.ID, answer.id().id());
    }
    ObjectNode message = root.putObject("output").putObject("message").put("role", "assistant");
    ArrayNode content = message.putArray("content");
    answer.parts().forEach(part -> content.add(block(part)));
    String reason = BedrockStops.write(answer.stop(), answer.dialect());
    if (reason != null) {
      root.put("stopReason", reason);
    }
    if (answer.usage() != null) {
      root.set("usage", BedrockUsage.write(answer.usage()));
    }
    if (answer.dialect() == BEDROCK_CONVERSE) {
      answer.extras().writeTo(root, BEDROCK_CONVERSE, "");
    }
    return Json.bytes(root);
  }

  @Override
  public StreamWriter openStream(ChatRequest request) {
    return new BedrockStreamWriter();
  }

  @Override
  public ErrorBody writeError(ModelError error) {
    return BedrockErrors.write(error);
  }

  private static ObjectNode block(Part part) {
    return switch (part) {
      case Part.Text(String text, var _) -> Json.object().put("text", text);
      case Part.Refusal(String text, var _) -> Json.object().put("text", text);
      case Part.Reasoning(String text, String signature, var _) ->
          BedrockBlocks.thought(text, signature);
      case Part.HiddenReasoning(String data, var _) -> BedrockBlocks.redacted(data);
      case Part.ToolCall call ->
          BedrockBlocks.call(call, call.id(), "the answer's tool_calls[].function.arguments");
      case Part.Opaque own when own.extras().dialect() == BEDROCK_CONVERSE ->
          own.node().<ObjectNode>deepCopy().without("type");
      case Part.Opaque own -> throw unsaid(own.type());
      case Part.Image _ -> throw unsaid("image");
      case Part.ToolResult _ -> throw unsaid("tool_result");
    };
  }

  static TranslationException unsaid(String type) {
    return TranslationException.unknownTo(BEDROCK_CONVERSE, "the answer's " + type);
  }
}
