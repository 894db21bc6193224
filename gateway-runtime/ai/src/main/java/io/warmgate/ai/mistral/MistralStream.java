package io.warmgate.ai.mistral;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.SseEvent;
import io.warmgate.ai.stream.SseReader;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamReader;
import java.util.ArrayList;
import java.util.List;

/** Each chunk in OpenAI's words, to whoever reads those. */
final class MistralStream implements StreamReader {
  private final SseReader frames = new SseReader();
  private final StreamReader openAi;

  MistralStream(StreamReader openAi) {
    this.openAi = openAi;
  }

  @Override
  public List<StreamEvent> read(byte[] chunk) {
    List<StreamEvent> events = new ArrayList<>();
    frames.read(chunk).forEach(frame -> events.addAll(openAi.read(told(frame))));
    return events;
  }

  @Override
  public List<StreamEvent> end() {
    List<StreamEvent> events = new ArrayList<>();
    frames.end().forEach(frame -> events.addAll(openAi.read(told(frame))));
    events.addAll(openAi.end());
    return events;
  }

  /** What cannot be read goes on as it is: who reads it says so. */
  private static byte[] told(SseEvent frame) {
    if (!frame.data().startsWith("{")) {
      return frame.frame().getBytes(UTF_8);
    }
    try {
      String data = Json.string(MistralAnswer.of(Json.parse(frame.data())));
      return new SseEvent(frame.name(), data).frame().getBytes(UTF_8);
    } catch (TranslationException e) {
      return frame.frame().getBytes(UTF_8);
    }
  }
}
