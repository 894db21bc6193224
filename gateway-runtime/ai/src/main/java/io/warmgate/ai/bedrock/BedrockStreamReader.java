package io.warmgate.ai.bedrock;

import static io.warmgate.ai.Dialect.BEDROCK_CONVERSE;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.FrameLoop;
import io.warmgate.ai.stream.SseEvent;
import io.warmgate.ai.stream.StreamEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ConverseStreamOutput}: an answer is whole when its reason and its metadata are there. */
final class BedrockStreamReader implements FrameLoop.Frames {
  private final String model;
  private final BedrockDeltas deltas = new BedrockDeltas();
  private String id = "";
  private boolean begun;
  private boolean stopped;
  private StreamEvent.@Nullable Metered metered;

  BedrockStreamReader(String model) {
    this.model = model;
  }

  @Override
  public void take(SseEvent frame, List<StreamEvent> events) {
    switch (frame.name()) {
      case ConverseEvents.RESPONSE -> id = read(frame).textOr(ConverseHead.ID, "");
      case "messageStart" -> begin(events);
      case "contentBlockStart" -> {
        begin(events);
        deltas.begin(read(frame), events);
      }
      case "contentBlockDelta" -> {
        begin(events);
        deltas.grow(read(frame), events);
      }
      case "contentBlockStop" -> deltas.end(read(frame).wholeOr("contentBlockIndex", 0), events);
      case "messageStop" -> stop(read(frame), events);
      case "metadata" -> meter(read(frame), events);
      case ConverseEvents.EXCEPTION -> events.add(failed(Json.parse(frame.data())));
      case ConverseEvents.UNREADABLE -> events.add(unreadable(read(frame)));
      // What is not known here is no content: that is in deltas.
      default -> {}
    }
  }

  private static FieldReader read(SseEvent frame) {
    return FieldReader.of(Json.parse(frame.data()), "");
  }

  private static StreamEvent failed(JsonNode exception) {
    return new StreamEvent.Failed(BedrockErrors.read(500, exception));
  }

  private static StreamEvent unreadable(FieldReader why) {
    return new StreamEvent.Failed(
        ModelError.of(
            ErrorKind.UNREADABLE,
            "the provider's stream cannot be read: " + why.textOr("message", "")));
  }

  private void begin(List<StreamEvent> events) {
    if (!begun) {
      begun = true;
      AnswerId by = new AnswerId(id, model, null, null);
      events.add(new StreamEvent.Begun(by, null, Extras.none(BEDROCK_CONVERSE)));
    }
  }

  private void stop(FieldReader root, List<StreamEvent> events) {
    begin(events);
    deltas.endAll(events);
    events.add(new StreamEvent.Stopped(BedrockStops.read(root.text("stopReason"))));
    stopped = true;
    complete(events);
  }

  private void meter(FieldReader root, List<StreamEvent> events) {
    begin(events);
    metered = new StreamEvent.Metered(BedrockUsage.read(root.neededObject("usage")));
    complete(events);
  }

  private void complete(List<StreamEvent> events) {
    if (stopped && metered != null) {
      events.add(metered);
      events.add(new StreamEvent.Ended());
    }
  }
}
