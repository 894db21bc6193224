package io.warmgate.server.idempotency;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.warmgate.server.exchange.OriginResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What of an answer is kept for those who ask again. */
final class Keeping {
  private Keeping() {}

  /**
   * Whether the answer may be one that is kept, as far as its head says. Events (HTML Living
   * Standard, 9.2) have no end to wait for.
   */
  static boolean mayKeep(MultiMap headers, long maxBytes) {
    String type = headers.get("content-type");
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
      return false;
    }
    String length = headers.get("content-length");
    try {
      return length == null || Long.parseLong(length) <= maxBytes;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  static Kept.Answer answer(OriginResponse response, Buffer body) {
    List<Kept.Field> fields = new ArrayList<>();
    response
        .headers()
        .forEach(
            (name, value) -> {
              if (!name.equalsIgnoreCase("content-length")) {
                fields.add(new Kept.Field(name, value));
              }
            });
    return new Kept.Answer(response.status(), List.copyOf(fields), body);
  }
}
