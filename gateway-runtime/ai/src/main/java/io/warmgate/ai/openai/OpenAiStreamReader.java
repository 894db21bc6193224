package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_CHAT;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.FrameLoop;
import io.warmgate.ai.stream.SseEvent;
import io.warmgate.ai.stream.StreamEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code chat.completion.chunk}s up to {@code [DONE]}. */
final class OpenAiStreamReader implements FrameLoop.Frames {
  static final String LAST = "data: [DONE]";

  private static final String DONE = "[DONE]";

  /** Padding, and what every chunk has. */
  private static final Set<String> NOT_KEPT = Set.of("obfuscation", "choices", "usage");

  private final OpenAiDeltas deltas = new OpenAiDeltas();
  private boolean begun;

  @Override
  public void take(SseEvent frame, List<StreamEvent> events) {
    if (frame.data().strip().equals(DONE)) {
      deltas.endAll(events);
      events.add(new StreamEvent.Ended());
    } else {
      chunk(Json.parse(frame.data()), events);
    }
  }

  private void chunk(JsonNode node, List<StreamEvent> events) {
    ModelError error = OpenAiErrors.inside(node);
    if (error != null) {
      events.add(new StreamEvent.Failed(error));
      return;
    }
    FieldReader root = FieldReader.of(node, "");
    List<FieldReader> choices = root.objects("choices");
    FieldReader usage = root.object("usage");
    // Azure's first chunk has the verdict on the question, and nothing else.
    if (choices.isEmpty() && usage == null) {
      return;
    }
    if (!begun) {
      begun = true;
      begin(root, events);
    }
    choices.forEach(choice -> choice(choice, events));
    if (usage != null) {
      events.add(new StreamEvent.Metered(OpenAiUsage.read(usage)));
    }
  }

  private static void begin(FieldReader root, List<StreamEvent> events) {
    var id = OpenAiAnswerReader.id(root);
    Map<String, JsonNode> rest = new LinkedHashMap<>(root.rest(OPENAI_CHAT).fields());
    rest.keySet().removeAll(NOT_KEPT);
    events.add(new StreamEvent.Begun(id, null, new Extras(OPENAI_CHAT, rest)));
  }

  private void choice(FieldReader choice, List<StreamEvent> events) {
    if (choice.wholeOr("index", 0) != 0) {
      events.add(new StreamEvent.Beyond("choices[1..]", StreamEvent.Weight.CONTENT));
      return;
    }
    FieldReader delta = choice.object("delta");
    if (delta != null) {
      deltas.read(delta, events);
    }
    if (choice.has("logprobs")) {
      events.add(new StreamEvent.Beyond("choices[0].logprobs", StreamEvent.Weight.DETAIL));
    }
    String finish = choice.text("finish_reason");
    if (finish != null) {
      deltas.endAll(events);
      events.add(new StreamEvent.Stopped(OpenAiStops.read(finish, deltas.called())));
    }
  }
}
