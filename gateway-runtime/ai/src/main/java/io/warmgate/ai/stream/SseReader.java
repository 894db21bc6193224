package io.warmgate.ai.stream;

import io.warmgate.ai.TranslationException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Server-sent events out of bytes that are cut anywhere (HTML, "Interpreting an event stream").
 * Other than a browser it gives an event that no blank line ends: servers leave the last one out.
 */
public final class SseReader {
  /** Of one event: no answer's piece is longer, and an endless line is none. */
  private static final int LIMIT = 32 * 1024 * 1024;

  private static final String BOM = "\uFEFF";

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private String name = "";
  private boolean first = true;
  private boolean afterReturn;

  /**
   * @throws TranslationException where an event is larger than 32 MiB
   */
  public List<SseEvent> read(byte[] chunk) {
    List<SseEvent> events = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < chunk.length; i++) {
      byte b = chunk[i];
      if (b != '\n' && b != '\r') {
        afterReturn = false;
        continue;
      }
      keep(chunk, from, i);
      from = i + 1;
      boolean second = b == '\n' && afterReturn;
      afterReturn = b == '\r';
      if (!second) {
        endLine(events);
      }
    }
    keep(chunk, from, chunk.length);
    return events;
  }

  /** What is left when nothing more comes. */
  public List<SseEvent> end() {
    List<SseEvent> events = new ArrayList<>();
    if (line.size() > 0) {
      endLine(events);
    }
    dispatch(events);
    return events;
  }

  private void keep(byte[] chunk, int from, int to) {
    line.write(chunk, from, to - from);
    if (line.size() + data.length() > LIMIT) {
      throw new TranslationException("", "an event of more than " + LIMIT + " bytes");
    }
  }

  private void endLine(List<SseEvent> events) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (first && text.startsWith(BOM)) {
      text = text.substring(1);
    }
    first = false;
    if (text.isEmpty()) {
      dispatch(events);
      return;
    }
    int colon = text.indexOf(':');
    String field = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    if (field.equals("data")) {
      data.append(value).append('\n');
    } else if (field.equals("event")) {
      name = value;
    }
  }

  private void dispatch(List<SseEvent> events) {
    if (!data.isEmpty()) {
      events.add(new SseEvent(name, data.substring(0, data.length() - 1)));
    }
    data.setLength(0);
    name = "";
  }
}
