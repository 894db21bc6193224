package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_CHAT;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.SseEvent;
import io.warmgate.ai.stream.SseReader;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code chat.completion.chunk}s up to {@code [DONE]}. */
final class OpenAiStreamReader implements StreamReader {
  private static final String DONE = "[DONE]";

  /** Padding, and what every chunk has. */
  private static final Set<String> NOT_KEPT = Set.of("obfuscation", "choices", "usage");

  private final SseReader frames = new SseReader();
  private final OpenAiDeltas deltas = new OpenAiDeltas();
  private boolean begun;
  private boolean over;

  @Override
  public List<StreamEvent> read(byte[] chunk) {
    List<StreamEvent> events = new ArrayList<>();
    try {
      frames.read(chunk).forEach(frame -> take(frame, events));
    } catch (TranslationException e) {
      fail(e, events);
    }
    return events;
  }

  @Override
  public List<StreamEvent> end() {
    List<StreamEvent> events = new ArrayList<>();
    frames.end().forEach(frame -> take(frame, events));
    if (!over) {
      over = true;
      events.add(failed("the provider's stream broke off before data: [DONE]"));
    }
    return events;
  }

  private void take(SseEvent frame, List<StreamEvent> events) {
    if (over) {
      return;
    }
    if (frame.data().strip().equals(DONE)) {
      over = true;
      deltas.endAll(events);
      events.add(new StreamEvent.Ended());
      return;
    }
    try {
      chunk(Json.parse(frame.data()), events);
    } catch (TranslationException e) {
      fail(e, events);
    }
  }

  private void fail(TranslationException e, List<StreamEvent> events) {
    over = true;
    events.add(failed("the provider's stream cannot be read: " + e.getMessage()));
  }

  private static StreamEvent failed(String why) {
    return new StreamEvent.Failed(ModelError.of(ErrorKind.UNREADABLE, why));
  }

  private void chunk(JsonNode node, List<StreamEvent> events) {
    ModelError error = OpenAiErrors.inside(node);
    if (error != null) {
      over = true;
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
