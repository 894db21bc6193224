package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Reply;
import io.warmgate.aisimulator.answer.Tokens;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.exchange.ServerEvent.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a streamed response: events with a name and a number each; the last one is {@code
 * response.completed} or {@code response.incomplete}, there is no {@code [DONE]}.
 */
final class ResponseStream {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ResponseBody body;
  private final boolean padded;
  private final List<ServerEvent> events = new ArrayList<>();

  ResponseStream(JsonNode request, ResponseBody body) {
    this.body = body;
    this.padded = request.path("stream_options").path("include_obfuscation").asBoolean(true);
  }

  List<ServerEvent> events(Reply reply, int inputTokens) {
    ObjectNode begun = body.head("in_progress");
    add("response.created", with("response", begun), Part.OPENING, 0);
    add("response.in_progress", with("response", begun), Part.OPENING, 0);
    List<ObjectNode> items = body.items(reply);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).path("type").asText().equals("message")) {
        message(i, items.get(i), reply);
      } else {
        call(i, items.get(i));
      }
    }
    ObjectNode whole = body.whole(reply, items, inputTokens);
    add("response." + whole.path("status").asText(), with("response", whole), Part.TERMINAL, 0);
    return events;
  }

  private void message(int index, ObjectNode item, Reply reply) {
    ObjectNode begun = item.deepCopy().put("status", "in_progress");
    begun.putArray("content");
    item("added", index, begun);
    JsonNode part = item.path("content").get(0);
    String field = part.path("type").asText().equals("refusal") ? "refusal" : "text";
    String name = field.equals("text") ? "response.output_text" : "response.refusal";
    ObjectNode empty = part.<ObjectNode>deepCopy().put(field, "");
    if (field.equals("text")) {
      empty.putArray("logprobs");
    }
    part("added", index, item, empty);
    for (String token : reply.text()) {
      ObjectNode delta = at(index, item).put("content_index", 0).put("delta", token);
      if (field.equals("text")) {
        delta.set("logprobs", body.logprobs(List.of(token)));
      }
      add(name + ".delta", delta, Part.CONTENT, 1);
    }
    ObjectNode done = at(index, item).put("content_index", 0);
    done.set(field, part.path(field));
    if (field.equals("text")) {
      done.set("logprobs", part.path("logprobs"));
    }
    add(name + ".done", done, Part.CONTENT, 0);
    part("done", index, item, part);
    item("done", index, item);
  }

  private void call(int index, ObjectNode item) {
    item("added", index, item.deepCopy().put("status", "in_progress").put("arguments", ""));
    String arguments = item.path("arguments").asText();
    for (String token : Tokens.of(arguments)) {
      ObjectNode delta = at(index, item).put("delta", token);
      add("response.function_call_arguments.delta", delta, Part.CONTENT, 1);
    }
    ObjectNode done = at(index, item).put("arguments", arguments);
    done.set("name", item.path("name"));
    add("response.function_call_arguments.done", done, Part.CONTENT, 0);
    item("done", index, item);
  }

  private void item(String what, int index, ObjectNode item) {
    ObjectNode event = JSON.objectNode().put("output_index", index);
    event.set("item", item);
    add("response.output_item." + what, event, Part.CONTENT, 0);
  }

  private void part(String what, int index, ObjectNode item, JsonNode part) {
    ObjectNode event = at(index, item).put("content_index", 0);
    event.set("part", part);
    add("response.content_part." + what, event, Part.CONTENT, 0);
  }

  private static ObjectNode at(int index, ObjectNode item) {
    return JSON.objectNode().put("item_id", item.path("id").asText()).put("output_index", index);
  }

  private static ObjectNode with(String name, ObjectNode value) {
    ObjectNode event = JSON.objectNode();
    event.set(name, value);
    return event;
  }

  private void add(String type, ObjectNode event, Part part, int tokens) {
    event.put("type", type).put("sequence_number", events.size());
    if (padded && type.endsWith(".delta")) {
      event.put("obfuscation", Padding.after(event.toString()));
    }
    events.add(new ServerEvent(type, event.toString(), part, tokens));
  }
}
