package io.warmgate.ai.gemini;

import static io.warmgate.ai.Dialect.GEMINI;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.AnswerId;
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

/** Texts as they come, calls when they are whole, and the reason with the tokens at the end. */
final class GeminiStreamWriter implements StreamWriter {
  private final Map<Integer, Part> open = new HashMap<>();
  private final Map<Integer, StringBuilder> arguments = new HashMap<>();
  private AnswerId id = AnswerId.UNKNOWN;
  private Dialect provider = GEMINI;
  private Stop stop = Stop.NOT_SAID;
  private @Nullable Usage usage;

  @Override
  public String write(StreamEvent event) {
    switch (event) {
      case StreamEvent.Begun begun -> {
        id = begun.id();
        usage = begun.usage();
        provider = begun.extras().dialect();
      }
      case StreamEvent.PartBegun(int index, Part opening) -> open.put(index, opening);
      case StreamEvent.PartGrew(int index, String more) -> {
        return grew(index, more);
      }
      case StreamEvent.PartEnded(int index) -> {
        return ended(index);
      }
      case StreamEvent.Stopped(Stop why) -> stop = why;
      case StreamEvent.Metered(Usage tokens) -> usage = tokens;
      case StreamEvent.PartSigned signed -> {}
      case StreamEvent.Beyond(String field, Weight weight) -> {
        if (weight == Weight.CONTENT) {
          throw TranslationException.unknownTo(GEMINI, field);
        }
      }
      case StreamEvent.Failed(var error) -> {
        return frame(GeminiErrors.node(error));
      }
      case StreamEvent.Ended() -> {
        ArrayNode nothing = Json.array();
        nothing.addObject().put("text", "");
        return frame(
            GeminiTeller.finish(GeminiTeller.response(nothing, stop, provider), id, usage));
      }
    }
    return "";
  }

  private String grew(int index, String more) {
    return switch (open.get(index)) {
      case Part.Text(var text, var extras) -> chunk(new Part.Text(more, extras));
      case Part.Refusal(var text, var extras) -> chunk(new Part.Refusal(more, extras));
      case Part.Reasoning(var text, var signature, var extras) ->
          chunk(new Part.Reasoning(more, null, extras));
      case null, default -> {
        arguments.computeIfAbsent(index, _ -> new StringBuilder()).append(more);
        yield "";
      }
    };
  }

  private String ended(int index) {
    return switch (open.get(index)) {
      case Part.ToolCall(String call, String name, String begun, var extras) -> {
        StringBuilder grown = arguments.getOrDefault(index, new StringBuilder());
        yield chunk(new Part.ToolCall(call, name, begun + grown, extras));
      }
      case Part.Opaque own -> chunk(own);
      case Part.HiddenReasoning hidden -> chunk(hidden);
      case null, default -> "";
    };
  }

  private String chunk(Part part) {
    ArrayNode parts = Json.array().add(GeminiTeller.part(part));
    return frame(
        GeminiTeller.finish(GeminiTeller.response(parts, Stop.NOT_SAID, provider), id, null));
  }

  private static String frame(ObjectNode response) {
    return new SseEvent("", Json.string(response)).frame();
  }
}
