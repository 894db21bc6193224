package io.warmgate.ai.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.SseEvent;

/**
 * A stream of Bedrock's as server-sent events: an event's type is its name, its payload the data.
 * An exception is named {@link #EXCEPTION}; where the stream cannot be read its last event is named
 * {@link #UNREADABLE}. One an answer.
 */
public final class ConverseEvents {
  /** Of Bedrock's stream itself. */
  public static final String MEDIA_TYPE = "application/vnd.amazon.eventstream";

  static final String EXCEPTION = "exception";
  static final String UNREADABLE = "unreadable";

  /** What a stream's beginning says of all of it. */
  static final String RESPONSE = "initial-response";

  private final EventMessages messages = new EventMessages();
  private boolean over;

  /**
   * @param requestId of the answer's head; empty: none
   * @return the first event; empty where there is nothing to say
   */
  public String begin(String requestId) {
    return requestId.isEmpty()
        ? ""
        : event(RESPONSE, Json.object().put(ConverseHead.ID, requestId)).frame();
  }

  /**
   * @param chunk as it came from the network: cut anywhere
   * @return server-sent events; may be empty
   */
  public String read(byte[] chunk) {
    StringBuilder frames = new StringBuilder();
    if (!over) {
      try {
        messages.read(chunk).forEach(message -> frames.append(event(message).frame()));
      } catch (TranslationException e) {
        frames.append(unreadable(String.valueOf(e.getMessage())));
      }
    }
    return frames.toString();
  }

  /** The body ended. */
  public String end() {
    return !over && messages.isWithin() ? unreadable("it ends within a message") : "";
  }

  /** Whether nothing more of it can be read. */
  public boolean isUnreadable() {
    return over;
  }

  private String unreadable(String why) {
    over = true;
    return event(UNREADABLE, Json.object().put("message", why)).frame();
  }

  private static SseEvent event(EventMessage message) {
    return switch (message.header(":message-type")) {
      case "event" -> new SseEvent(message.header(":event-type"), message.payload());
      case "exception" ->
          event(
              EXCEPTION, ConverseHead.typed(message.header(":exception-type"), message.payload()));
      case "error" ->
          event(
              EXCEPTION,
              Json.object()
                  .put(ConverseHead.TYPE, message.header(":error-code"))
                  .put("message", message.header(":error-message")));
      default ->
          throw new TranslationException(":message-type", "is none of event, exception and error");
    };
  }

  private static SseEvent event(String name, ObjectNode data) {
    return new SseEvent(name, Json.string(data));
  }
}
