package io.warmgate.ai.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chunks for a client, {@code [DONE]} behind the last. */
final class OpenAiStreamWriter implements StreamWriter {
  private final OpenAiChunks chunks;
  private final Map<Integer, Part> parts = new HashMap<>();
  private final Map<Integer, Integer> calls = new HashMap<>();
  private AnswerId id = AnswerId.UNKNOWN;
  private Dialect provider = Dialect.OPENAI_CHAT;
  private @Nullable Usage usage;
  private boolean stopped;

  OpenAiStreamWriter(OpenAiChunks chunks) {
    this.chunks = chunks;
  }

  @Override
  public String write(StreamEvent event) {
    return switch (event) {
      case StreamEvent.Begun begun -> begin(begun);
      case StreamEvent.PartBegun(int part, Part opening) -> open(part, opening);
      case StreamEvent.PartGrew(int part, String more) -> grow(part, more);
      case StreamEvent.Stopped(Stop stop) -> stop(stop);
      case StreamEvent.Metered(Usage tokens) -> {
        usage = tokens;
        yield "";
      }
      case StreamEvent.Failed(var error) -> OpenAiChunks.frame(OpenAiErrors.node(error));
      case StreamEvent.Ended() -> end();
      case StreamEvent.Beyond(String field, StreamEvent.Weight weight) -> beyond(field, weight);
      // Neither bounds of parts nor a provider's signatures can be said.
      case StreamEvent.PartSigned signed -> "";
      case StreamEvent.PartEnded ended -> "";
    };
  }

  private static String beyond(String field, StreamEvent.Weight weight) {
    return switch (weight) {
      case CONTENT -> throw OpenAiAnswerWriter.unsaid(field);
      case DETAIL -> "";
    };
  }

  private String stop(Stop stop) {
    if (stop.reason() == StopReason.NOT_SAID) {
      return "";
    }
    stopped = true;
    return chunks.chunk(id, Json.object(), OpenAiStops.write(stop, provider), 0);
  }

  private String begin(StreamEvent.Begun begun) {
    id = begun.id();
    provider = begun.extras().dialect();
    usage = begun.usage();
    ObjectNode delta = Json.object().put("role", "assistant").put("content", "");
    delta.set("refusal", null);
    return chunks.chunk(id, delta, null, 0);
  }

  private String open(int part, Part opening) {
    parts.put(part, opening);
    return switch (opening) {
      case Part.ToolCall call -> call(part, call);
      case Part.Text(String text, var e) -> text.isEmpty() ? "" : grow(part, text);
      case Part.Refusal(String text, var e) -> text.isEmpty() ? "" : grow(part, text);
      case Part.Reasoning(String text, var s, var e) -> text.isEmpty() ? "" : grow(part, text);
      case Part.HiddenReasoning hidden -> "";
      case Part.Opaque own -> throw OpenAiAnswerWriter.unsaid(own.type());
      case Part.Image image -> throw OpenAiAnswerWriter.unsaid("image");
      case Part.ToolResult result -> throw OpenAiAnswerWriter.unsaid("tool_result");
    };
  }

  private String call(int part, Part.ToolCall call) {
    int index = calls.size();
    calls.put(part, index);
    ObjectNode delta = Json.object();
    ObjectNode node = delta.putArray("tool_calls").addObject().put("index", index);
    node.put("id", call.id()).put("type", "function");
    node.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    return chunks.chunk(id, delta, null, call.arguments().length());
  }

  private String grow(int part, String more) {
    ObjectNode delta = Json.object();
    switch (parts.get(part)) {
      case Part.Text text -> delta.put("content", more);
      case Part.Refusal refusal -> delta.put("refusal", more);
      case Part.Reasoning reasoning -> delta.put("reasoning_content", more);
      case Part.ToolCall call -> {
        ObjectNode node = delta.putArray("tool_calls").addObject();
        node.put("index", calls.get(part)).putObject("function").put("arguments", more);
      }
      case null, default -> throw new IllegalStateException("part " + part + " does not grow");
    }
    return chunks.chunk(id, delta, null, more.length());
  }

  /** A stream that ended without a reason must not look whole. */
  private String end() {
    if (!stopped) {
      String why = "the model's answer ended without a reason";
      return OpenAiChunks.frame(OpenAiErrors.node(ModelError.of(ErrorKind.UNREADABLE, why)));
    }
    Usage tokens = usage;
    if (tokens == null || chunks.usage() == OpenAiChunks.Usage.LEFT_OUT) {
      return OpenAiChunks.done();
    }
    return chunks.used(id, tokens) + OpenAiChunks.done();
  }
}
