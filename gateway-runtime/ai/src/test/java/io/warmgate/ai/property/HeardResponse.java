package io.warmgate.ai.property;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.SseEvent;
import io.warmgate.ai.stream.SseReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client makes of a stream of Responses when it looks at each event, not only at the last:
 * items by {@code output_index}, parts by {@code content_index}, texts by their deltas.
 */
final class HeardResponse {
  private final List<ObjectNode> items = new ArrayList<>();
  private final List<String> types = new ArrayList<>();
  private @Nullable JsonNode last;

  HeardResponse(String wire) {
    SseReader reader = new SseReader();
    List<SseEvent> frames = new ArrayList<>(reader.read(wire.getBytes(StandardCharsets.UTF_8)));
    frames.addAll(reader.end());
    for (int i = 0; i < frames.size(); i++) {
      JsonNode event = Json.parse(frames.get(i).data());
      assertThat(frames.get(i).name()).isEqualTo(event.path("type").textValue());
      assertThat(event.path("sequence_number").intValue()).isEqualTo(i);
      types.add(frames.get(i).name());
      hear(frames.get(i).name(), event);
    }
  }

  private void hear(String type, JsonNode event) {
    assertThat(last).as("nothing follows the end, but %s does", type).isNull();
    switch (type) {
      case "response.created", "response.in_progress" ->
          assertThat(event.path("response").path("output")).isEmpty();
      case "response.output_item.added" -> {
        assertThat(event.path("output_index").intValue()).isEqualTo(items.size());
        items.add((ObjectNode) event.path("item"));
      }
      case "response.output_item.done" -> {
        ObjectNode item = item(event);
        item.set("status", event.path("item").path("status"));
        if (event.path("item").has("encrypted_content")) {
          item.set("encrypted_content", event.path("item").path("encrypted_content"));
        }
        same(item, event.path("item"));
      }
      case "response.content_part.added" -> add(event, "content", "content_index");
      case "response.reasoning_summary_part.added" -> add(event, "summary", "summary_index");
      case "response.output_text.delta" -> grow(part(event, "content"), "text", event);
      case "response.refusal.delta" -> grow(part(event, "content"), "refusal", event);
      case "response.reasoning_summary_text.delta" -> grow(part(event, "summary"), "text", event);
      case "response.function_call_arguments.delta" -> grow(item(event), "arguments", event);
      case "response.output_text.done" -> said(part(event, "content"), "text", event);
      case "response.refusal.done" -> said(part(event, "content"), "refusal", event);
      case "response.reasoning_summary_text.done" -> said(part(event, "summary"), "text", event);
      case "response.function_call_arguments.done" -> {
        said(item(event), "arguments", event);
        assertThat(event.path("name")).isEqualTo(item(event).path("name"));
      }
      case "response.content_part.done" -> same(part(event, "content"), event.path("part"));
      case "response.reasoning_summary_part.done" ->
          same(part(event, "summary"), event.path("part"));
      case "response.completed", "response.incomplete", "response.failed" -> {
        last = event.path("response");
        assertThat(type).isEqualTo("response." + last.path("status").textValue());
      }
      default -> throw new AssertionError("no event that a client knows: " + type);
    }
  }

  /** The order of names says nothing. */
  private static void same(JsonNode heard, JsonNode told) {
    assertThat((Object) heard).isEqualTo(told);
  }

  private ObjectNode item(JsonNode event) {
    ObjectNode item = items.get(event.path("output_index").intValue());
    if (event.has("item_id")) {
      assertThat(event.path("item_id")).isEqualTo(item.path("id"));
    }
    return item;
  }

  private void add(JsonNode event, String list, String index) {
    ArrayNode parts = (ArrayNode) item(event).path(list);
    assertThat(event.path(index).intValue()).isEqualTo(parts.size());
    parts.add(event.path("part"));
  }

  private ObjectNode part(JsonNode event, String list) {
    String index = list.equals("content") ? "content_index" : "summary_index";
    return (ObjectNode) item(event).path(list).get(event.path(index).intValue());
  }

  private static void grow(ObjectNode node, String field, JsonNode event) {
    assertThat(event.path("delta").textValue()).isNotEmpty();
    node.put(field, node.path(field).textValue() + event.path("delta").textValue());
  }

  private static void said(ObjectNode node, String field, JsonNode event) {
    assertThat(event.path(field).textValue()).isEqualTo(node.path(field).textValue());
  }

  /** Of the last event. */
  JsonNode response() {
    assertThat(last).as("an end").isNotNull();
    return last == null ? Json.nothing() : last;
  }

  List<ObjectNode> items() {
    return items;
  }

  List<String> types() {
    return types;
  }
}
