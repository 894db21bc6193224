package io.warmgate.ai.bedrock;

import static io.warmgate.ai.Dialect.BEDROCK_CONVERSE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.SseEvent;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamEvent.Weight;
import io.warmgate.ai.stream.StreamWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Blocks by their index, the reason, and the tokens at the end. */
final class BedrockStreamWriter implements StreamWriter {
  private final Map<Integer, Part> open = new HashMap<>();
  private Dialect provider = BEDROCK_CONVERSE;
  private @Nullable Usage usage;

  @Override
  public String write(StreamEvent event) {
    return switch (event) {
      case StreamEvent.Begun begun -> begun(begun);
      case StreamEvent.PartBegun(int index, Part opening) -> begun(index, opening);
      case StreamEvent.PartGrew(int index, String more) -> grew(index, more);
      case StreamEvent.PartSigned(int index, String signature) ->
          delta(index, thought("signature", signature));
      case StreamEvent.PartEnded(int index) -> frame("contentBlockStop", at(index));
      case StreamEvent.Stopped(Stop stop) -> stopped(stop);
      case StreamEvent.Metered(Usage tokens) -> {
        usage = tokens;
        yield "";
      }
      case StreamEvent.Beyond(String field, Weight weight) -> {
        if (weight == Weight.CONTENT) {
          throw TranslationException.unknownTo(BEDROCK_CONVERSE, field);
        }
        yield "";
      }
      case StreamEvent.Failed(var error) ->
          frame(ConverseEvents.EXCEPTION, BedrockErrors.node(error));
      case StreamEvent.Ended() -> ended();
    };
  }

  private String begun(StreamEvent.Begun begun) {
    usage = begun.usage();
    provider = begun.extras().dialect();
    return new ConverseEvents().begin(begun.id().id())
        + frame("messageStart", Json.object().put("role", "assistant"));
  }

  private String begun(int index, Part opening) {
    open.put(index, opening);
    return switch (opening) {
      case Part.ToolCall(String id, String name, String arguments, var _) -> {
        ObjectNode start = at(index);
        start.putObject("start").putObject("toolUse").put("toolUseId", id).put("name", name);
        yield frame("contentBlockStart", start)
            + (arguments.isEmpty() ? "" : grew(index, arguments));
      }
      case Part.Text(String text, var _) -> text.isEmpty() ? "" : grew(index, text);
      case Part.Refusal(String text, var _) -> text.isEmpty() ? "" : grew(index, text);
      case Part.Reasoning(String text, var _, var _) -> text.isEmpty() ? "" : grew(index, text);
      case Part.HiddenReasoning(String data, var _) ->
          delta(index, thought("redactedContent", data));
      case Part.Opaque own -> throw BedrockTeller.unsaid(own.type());
      case Part.Image _ -> throw BedrockTeller.unsaid("image");
      case Part.ToolResult _ -> throw BedrockTeller.unsaid("tool_result");
    };
  }

  private String grew(int index, String more) {
    return switch (open.get(index)) {
      case Part.ToolCall _ -> {
        ObjectNode delta = Json.object();
        delta.putObject("toolUse").put("input", more);
        yield delta(index, delta);
      }
      case Part.Reasoning _ -> delta(index, thought("text", more));
      case null, default -> delta(index, Json.object().put("text", more));
    };
  }

  private static ObjectNode thought(String name, String value) {
    ObjectNode delta = Json.object();
    delta.putObject("reasoningContent").put(name, value);
    return delta;
  }

  private static String delta(int index, ObjectNode delta) {
    ObjectNode event = at(index);
    event.set("delta", delta);
    return frame("contentBlockDelta", event);
  }

  private String stopped(Stop stop) {
    String reason = BedrockStops.write(stop, provider);
    return reason == null ? "" : frame("messageStop", Json.object().put("stopReason", reason));
  }

  private String ended() {
    ObjectNode metadata = Json.object();
    metadata.set("usage", usage == null ? Json.object() : BedrockUsage.write(usage));
    return frame("metadata", metadata);
  }

  private static ObjectNode at(int index) {
    return Json.object().put("contentBlockIndex", index);
  }

  private static String frame(String name, ObjectNode data) {
    return new SseEvent(name, Json.string(data)).frame();
  }
}
