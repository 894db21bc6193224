package io.warmgate.ai.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.FrameLoop;
import io.warmgate.ai.stream.SseEvent;
import io.warmgate.ai.stream.StreamEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code message_start} to {@code message_stop}. */
final class AnthropicStreamReader implements FrameLoop.Frames {
  static final String LAST = "message_stop";

  private final AnthropicDeltas deltas = new AnthropicDeltas();
  private @Nullable Usage usage;

  @Override
  public void take(SseEvent frame, List<StreamEvent> events) {
    JsonNode node = Json.parse(frame.data());
    ModelError error = AnthropicErrors.inside(node);
    if (error != null) {
      events.add(new StreamEvent.Failed(error));
      return;
    }
    FieldReader root = FieldReader.of(node, "");
    switch (root.textOr("type", "")) {
      case "message_start" -> begin(root.neededObject("message"), events);
      case "content_block_start" -> deltas.begin(root, events);
      case "content_block_delta" -> deltas.grow(root, events);
      case "content_block_stop" -> deltas.end(root.wholeOr("index", 0), events);
      case "message_delta" -> delta(root, events);
      case LAST -> events.add(new StreamEvent.Ended());
      // "New event types may be added, and your code should handle unknown event types."
      default -> {}
    }
  }

  private void begin(FieldReader message, List<StreamEvent> events) {
    AnswerId id = AnthropicAnswerReader.id(message);
    List.of("content", "stop_reason", "stop_sequence").forEach(message::any);
    FieldReader tokens = message.object("usage");
    usage = tokens == null ? null : AnthropicUsage.read(tokens);
    events.add(new StreamEvent.Begun(id, usage, AnthropicAnswerReader.rest(message)));
  }

  private void delta(FieldReader root, List<StreamEvent> events) {
    FieldReader delta = root.neededObject("delta");
    Stop stop = AnthropicStops.read(delta.text("stop_reason"), delta.text("stop_sequence"));
    events.add(new StreamEvent.Stopped(stop));
    if (delta.has("container")) {
      // Where hosted tools ran.
      events.add(new StreamEvent.Beyond("container of tools", StreamEvent.Weight.DETAIL));
    }
    FieldReader tokens = root.object("usage");
    if (tokens != null) {
      usage = AnthropicUsage.read(tokens, usage);
      events.add(new StreamEvent.Metered(usage));
    }
  }
}
