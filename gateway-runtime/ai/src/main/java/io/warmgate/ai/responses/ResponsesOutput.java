package io.warmgate.ai.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The items of a stream. The last one stays open until another begins or the answer is over: texts
 * may join it, and only then is known whether it was cut. Calls may grow side by side.
 */
final class ResponsesOutput {
  private final String answer;
  private final ResponsesFrames frames;
  private final List<ResponsesOpenItem> items = new ArrayList<>();
  private final Map<Integer, ResponsesOpenPart> open = new LinkedHashMap<>();

  /**
   * @param answer its id
   */
  ResponsesOutput(String answer, ResponsesFrames frames) {
    this.answer = answer;
    this.frames = frames;
  }

  String begin(int part, Part opening) {
    ResponsesItem kind = ResponsesKind.of(opening).item();
    StringBuilder told = new StringBuilder();
    if (items.isEmpty() || !kind.continues(items.getLast().kind())) {
      if (!items.isEmpty() && items.getLast().isQuiet()) {
        told.append(items.getLast().end(ResponsesStatus.COMPLETED, frames));
      }
      items.add(new ResponsesOpenItem(kind, answer, items.size()));
      told.append(items.getLast().begin(opening, frames));
    }
    ResponsesOpenPart begun = items.getLast().open(opening);
    open.put(part, begun);
    return told.append(begun.begin(frames)).toString();
  }

  String grow(int part, String more) {
    return open(part).grow(more, frames);
  }

  void sign(int part, String more) {
    open(part).sign(more);
  }

  String end(int part) {
    ResponsesOpenPart ended = open(part);
    open.remove(part);
    ResponsesOpenItem item = ended.item();
    item.partEnded();
    String told = ended.end(frames);
    boolean over = item.isQuiet() && item != items.getLast();
    return over ? told + item.end(ResponsesStatus.COMPLETED, frames) : told;
  }

  private ResponsesOpenPart open(int part) {
    ResponsesOpenPart found = open.get(part);
    if (found == null) {
      throw new IllegalStateException("part " + part + " is not open");
    }
    return found;
  }

  /** Nothing more comes: ends what is open. */
  String endAll(ResponsesStatus status) {
    StringBuilder told = new StringBuilder();
    List.copyOf(open.keySet()).forEach(part -> told.append(end(part)));
    if (!items.isEmpty()) {
      told.append(items.getLast().end(status, frames));
    }
    return told.toString();
  }

  /** Those that have ended. */
  ArrayNode whole() {
    ArrayNode output = Json.array();
    for (ResponsesOpenItem item : items) {
      if (item.whole() != null) {
        output.add(item.whole());
      }
    }
    return output;
  }
}
