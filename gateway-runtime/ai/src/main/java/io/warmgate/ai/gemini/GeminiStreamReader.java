package io.warmgate.ai.gemini;

import static io.warmgate.ai.Dialect.GEMINI;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.FrameLoop;
import io.warmgate.ai.stream.SseEvent;
import io.warmgate.ai.stream.StreamEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GenerateContentResponse}s: a whole answer is one, a stream several. Nothing says that it
 * was the last one; where a reason was given, the stream's end is the answer's.
 */
final class GeminiStreamReader implements FrameLoop.Frames {
  private @Nullable GeminiParts parts;
  private @Nullable Usage usage;
  private @Nullable String finish;
  private @Nullable String blocked;

  @Override
  public void take(SseEvent frame, List<StreamEvent> events) {
    response(Json.parse(frame.data()), events);
  }

  void response(JsonNode node, List<StreamEvent> events) {
    ModelError error = GeminiErrors.inside(node);
    if (error != null) {
      events.add(new StreamEvent.Failed(error));
      return;
    }
    FieldReader root = FieldReader.of(node, "");
    FieldReader tokens = root.object("usageMetadata");
    usage = tokens == null ? usage : GeminiUsage.read(tokens);
    GeminiParts into = parts == null ? begin(root, events) : parts;
    for (FieldReader candidate : root.objects("candidates")) {
      candidate(candidate, into, events);
    }
    FieldReader feedback = root.object("promptFeedback");
    String reason = feedback == null ? null : feedback.text("blockReason");
    blocked = reason == null ? blocked : reason;
  }

  private GeminiParts begin(FieldReader root, List<StreamEvent> events) {
    AnswerId id =
        new AnswerId(root.textOr("responseId", ""), root.textOr("modelVersion", ""), null, null);
    events.add(new StreamEvent.Begun(id, usage, Extras.none(GEMINI)));
    GeminiParts begun = new GeminiParts(id.id());
    parts = begun;
    return begun;
  }

  private void candidate(FieldReader candidate, GeminiParts into, List<StreamEvent> events) {
    if (candidate.wholeOr("index", 0) != 0) {
      events.add(new StreamEvent.Beyond("choices[1..]", StreamEvent.Weight.CONTENT));
      return;
    }
    FieldReader content = candidate.object("content");
    if (content != null) {
      content.objects("parts").forEach(part -> into.read(part, events));
    }
    String reason = candidate.text("finishReason");
    finish = reason == null ? finish : reason;
  }

  /** Whether anything was said, if only why there is nothing. */
  boolean isOver() {
    return finish != null || blocked != null;
  }

  @Override
  public void end(List<StreamEvent> events) {
    if (parts == null || !isOver()) {
      return;
    }
    parts.endWriting(events);
    Stop stop =
        finish == null
            ? new Stop(StopReason.FILTERED, null, blocked)
            : GeminiStops.read(finish, parts.called());
    events.add(new StreamEvent.Stopped(stop));
    if (usage != null) {
      events.add(new StreamEvent.Metered(usage));
    }
    events.add(new StreamEvent.Ended());
  }
}
