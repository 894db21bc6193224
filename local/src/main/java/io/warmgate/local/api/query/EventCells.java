package io.warmgate.local.api.query;

import static io.warmgate.local.api.query.BuiltInColumns.text;
import static io.warmgate.local.api.query.BuiltInColumns.wide;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What {@code kubectl get events} shows, of either group's Event. */
final class EventCells {
  static final List<Column> COLUMNS =
      List.of(
          new Column("Last Seen", "string", "", 0, (o, now) -> Json.text(lastSeen(o, now))),
          text("Type", o -> o.path("type").asText("")),
          text("Reason", o -> o.path("reason").asText("")),
          text("Object", EventCells::object),
          wide("Subobject", o -> involved(o).path("fieldPath").asText("")),
          wide("Source", EventCells::source),
          text("Message", o -> first(o.path("message"), o.path("note")).strip()),
          new Column("First Seen", "string", "", 1, (o, now) -> Json.text(firstSeen(o, now))),
          wide(
              "Count",
              o -> first(o.at("/series/count"), o.path("count"), o.path("deprecatedCount"))),
          wide("Name", o -> Meta.of(o).name()));

  private EventCells() {}

  private static String first(JsonNode... candidates) {
    return Stream.of(candidates)
        .map(node -> node.asText(""))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static JsonNode involved(JsonNode event) {
    return event.has("regarding") ? event.path("regarding") : event.path("involvedObject");
  }

  private static String object(JsonNode event) {
    JsonNode involved = involved(event);
    return involved.path("kind").asText("").toLowerCase(Locale.ROOT)
        + "/"
        + involved.path("name").asText("");
  }

  private static String source(JsonNode event) {
    return first(
        event.at("/source/component"),
        event.path("reportingController"),
        event.path("reportingComponent"));
  }

  private static String lastSeen(JsonNode event, Instant now) {
    String at =
        first(
            event.at("/series/lastObservedTime"),
            event.path("lastTimestamp"),
            event.path("deprecatedLastTimestamp"),
            event.path("eventTime"),
            Meta.of(event).get(Meta.CREATION_TIMESTAMP));
    return Age.since(at, now);
  }

  private static String firstSeen(JsonNode event, Instant now) {
    String at =
        first(
            event.path("firstTimestamp"),
            event.path("deprecatedFirstTimestamp"),
            event.path("eventTime"),
            Meta.of(event).get(Meta.CREATION_TIMESTAMP));
    return Age.since(at, now);
  }
}
