package io.warmgate.ai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.SseEvent;

/** Events of one stream: each has its type as its name, and its number. */
final class ResponsesFrames {
  /**
   * {@code stream_options.include_obfuscation}: whoever sees the sizes of encrypted events learns
   * the lengths of tokens from them, and from those what is said.
   */
  enum Padding {
    ON,
    OFF
  }

  /** Lengths that differ by less are not told apart. */
  private static final int GRAIN = 32;

  private final Padding padding;
  private int sequence;

  ResponsesFrames(Padding padding) {
    this.padding = padding;
  }

  /**
   * @param fields but for the type and the number
   */
  String frame(String type, ObjectNode fields) {
    ObjectNode node = Json.object().put("type", type).put("sequence_number", sequence++);
    node.setAll(fields);
    return new SseEvent(type, Json.string(node)).frame();
  }

  /** A piece of a text. */
  String delta(String type, ObjectNode fields, String piece) {
    fields.put("delta", piece);
    if (padding == Padding.ON) {
      fields.put("obfuscation", "0".repeat(GRAIN - piece.length() % GRAIN));
    }
    return frame(type, fields);
  }
}
