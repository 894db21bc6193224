package io.warmgate.ai.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.SseEvent;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamWriter;
import org.jspecify.annotations.Nullable;

/** Events for a client; {@code message_delta} waits for what ends the stream. */
final class AnthropicStreamWriter implements StreamWriter {
  private final AnthropicBlockQueue blocks = new AnthropicBlockQueue();
  private Extras extras = Extras.none(Dialect.ANTHROPIC_MESSAGES);
  private Stop stop = Stop.NOT_SAID;
  private @Nullable Usage usage;
  private boolean refused;

  @Override
  public String write(StreamEvent event) {
    return switch (event) {
      case StreamEvent.Begun begun -> begin(begun);
      case StreamEvent.PartBegun(int part, Part opening) -> {
        refused |= opening instanceof Part.Refusal;
        yield blocks.begin(part, opening);
      }
      case StreamEvent.PartGrew(int part, String more) -> blocks.grow(part, more);
      case StreamEvent.PartSigned(int part, String signature) -> blocks.sign(part, signature);
      case StreamEvent.PartEnded(int part) -> blocks.end(part);
      case StreamEvent.Stopped(Stop why) -> {
        stop = why;
        yield "";
      }
      case StreamEvent.Metered(Usage tokens) -> {
        usage = tokens;
        yield "";
      }
      case StreamEvent.Beyond(String field, StreamEvent.Weight weight) -> beyond(field, weight);
      case StreamEvent.Failed(ModelError error) -> frame("error", AnthropicErrors.node(error));
      case StreamEvent.Ended() -> end();
    };
  }

  static String frame(String type, JsonNode node) {
    return new SseEvent(type, Json.string(node)).frame();
  }

  private static String beyond(String field, StreamEvent.Weight weight) {
    return switch (weight) {
      case CONTENT -> throw AnthropicAnswerWriter.unsaid(field);
      case DETAIL -> "";
    };
  }

  private String begin(StreamEvent.Begun begun) {
    extras = begun.extras();
    usage = begun.usage();
    ObjectNode message = AnthropicAnswerWriter.head(begun.id());
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message.set("usage", tokens());
    ObjectNode node = Json.object().put("type", "message_start");
    node.set("message", message);
    return frame("message_start", node);
  }

  private ObjectNode tokens() {
    return usage == null ? AnthropicUsage.unknown() : AnthropicUsage.write(usage);
  }

  /** A stream that ended without a reason must not look whole. */
  private String end() {
    if (stop.reason() == StopReason.NOT_SAID) {
      String why = "the model's answer ended without a reason";
      return frame("error", AnthropicErrors.node(ModelError.of(ErrorKind.UNREADABLE, why)));
    }
    ObjectNode node = Json.object().put("type", "message_delta");
    Stop told = refused ? AnthropicAnswerWriter.refused(stop) : stop;
    AnthropicAnswerWriter.stop(node.putObject("delta"), told, extras);
    node.set("usage", tokens());
    return frame("message_delta", node)
        + frame("message_stop", Json.object().put("type", "message_stop"));
  }
}
