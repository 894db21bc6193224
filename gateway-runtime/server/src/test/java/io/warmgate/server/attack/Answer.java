package io.warmgate.server.attack;

import io.warmgate.server.listener.RawOrigin;
import java.util.List;
import java.util.Locale;

/** What a client read until its connection was closed. */
record Answer(String text) {
  int status() {
    return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0;
  }

  String head() {
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? text : text.substring(0, end);
  }

  /** Still chunked, where it came so. */
  String body() {
    int end = text.indexOf("\r\n\r\n");
    return end < 0 ? "" : text.substring(end + 4);
  }

  /** Empty where it is not there. */
  String field(String name) {
    return RawOrigin.field(head(), name);
  }

  String cacheStatus() {
    return field("cache-status");
  }

  boolean isHit() {
    return cacheStatus().startsWith("warmgate; hit");
  }

  /** Status, fields and body, without what tells the time and whether it was a hit. */
  List<String> essence() {
    List<String> own = List.of("date:", "age:", "cache-status:", "transfer-encoding:");
    return List.of(
        Integer.toString(status()),
        String.join(
            "\n",
            head()
                .lines()
                .skip(1)
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> own.stream().noneMatch(line::startsWith))
                .sorted()
                .toList()),
        body());
  }
}
