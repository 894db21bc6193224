package io.warmgate.ai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item while its parts grow. */
final class ResponsesOpenItem {
  private final ResponsesItem kind;
  private final String id;
  private final int index;
  private final List<ResponsesOpenPart> parts = new ArrayList<>();
  private int growing;
  private @Nullable ObjectNode whole;

  /**
   * @param answer its id
   * @param index in {@code output}
   */
  ResponsesOpenItem(ResponsesItem kind, String answer, int index) {
    this.kind = kind;
    this.id = kind.id(answer, index);
    this.index = index;
  }

  String id() {
    return id;
  }

  int index() {
    return index;
  }

  ResponsesItem kind() {
    return kind;
  }

  /** Whether all that it has until now has ended. */
  boolean isQuiet() {
    return growing == 0;
  }

  ResponsesOpenPart open(Part opening) {
    growing++;
    ResponsesOpenPart part = new ResponsesOpenPart(opening, this, parts.size());
    parts.add(part);
    return part;
  }

  void partEnded() {
    growing--;
  }

  String begin(Part opening, ResponsesFrames frames) {
    return frames.frame("response.output_item.added", with(ResponsesItem.begun(id, opening)));
  }

  /** Once. */
  String end(ResponsesStatus status, ResponsesFrames frames) {
    List<Part> said = parts.stream().map(ResponsesOpenPart::part).toList();
    whole = ResponsesItem.whole(id, said, status.word());
    return frames.frame("response.output_item.done", with(whole));
  }

  /** Null before its end. */
  @Nullable ObjectNode whole() {
    return whole;
  }

  private ObjectNode with(ObjectNode item) {
    ObjectNode fields = Json.object().put("output_index", index);
    fields.set("item", item);
    return fields;
  }
}
