package io.warmgate.ai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.Json;

/** A part while it grows, and the events that tell of it. */
final class ResponsesOpenPart {
  private final Part opening;
  private final ResponsesKind kind;
  private final ResponsesOpenItem item;
  private final int index;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder signature = new StringBuilder();

  /**
   * @param index within the item
   */
  ResponsesOpenPart(Part opening, ResponsesOpenItem item, int index) {
    this.opening = opening;
    this.kind = ResponsesKind.of(opening);
    this.item = item;
    this.index = index;
  }

  ResponsesOpenItem item() {
    return item;
  }

  /** As far as it has come. */
  Part part() {
    String said = text.toString();
    return switch (opening) {
      case Part.Text(String before, Extras e) -> new Part.Text(said, e);
      case Part.Refusal(String before, Extras e) -> new Part.Refusal(said, e);
      case Part.Reasoning(String before, String signed, Extras e) ->
          new Part.Reasoning(said, signature.isEmpty() ? signed : signature.toString(), e);
      case Part.ToolCall(String id, String name, String before, Extras e) ->
          new Part.ToolCall(id, name, said, e);
      case Part.HiddenReasoning hidden -> hidden;
      case Part.Opaque own -> own;
      case Part.Image image -> image;
      case Part.ToolResult result -> result;
    };
  }

  void sign(String more) {
    signature.append(more);
  }

  String begin(ResponsesFrames frames) {
    String begun = bound("added", frames);
    String said = ResponsesKind.text(opening);
    return said.isEmpty() ? begun : begun + grow(said, frames);
  }

  String grow(String more, ResponsesFrames frames) {
    text.append(more);
    return frames.delta(kind.growth() + ".delta", place(), more);
  }

  String end(ResponsesFrames frames) {
    if (kind.growth().isEmpty()) {
      return "";
    }
    ObjectNode fields = place().put(kind.field(), text.toString());
    if (opening instanceof Part.ToolCall call) {
      fields.put("name", call.name());
    }
    return frames.frame(kind.growth() + ".done", fields) + bound("done", frames);
  }

  private String bound(String what, ResponsesFrames frames) {
    if (kind.bounds().isEmpty()) {
      return "";
    }
    ObjectNode fields = at();
    fields.set("part", kind.node(text.toString()));
    return frames.frame(kind.bounds() + "." + what, fields);
  }

  private ObjectNode at() {
    ObjectNode fields = Json.object().put("item_id", item.id()).put("output_index", item.index());
    return kind.index().isEmpty() ? fields : fields.put(kind.index(), index);
  }

  /** Of text: its events have a place for probabilities. */
  private ObjectNode place() {
    ObjectNode fields = at();
    if (kind == ResponsesKind.TEXT) {
      fields.putArray("logprobs");
    }
    return fields;
  }
}
