package io.warmgate.ai.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of {@code output}: a message has all texts that follow each other, others one part. */
enum ResponsesItem {
  MESSAGE("msg_"),
  CALL("fc_"),
  REASONING("rs_");

  private final String prefix;

  ResponsesItem(String prefix) {
    this.prefix = prefix;
  }

  /** Whether it goes on in the item before it. */
  boolean continues(@Nullable ResponsesItem before) {
    return this == MESSAGE && before == MESSAGE;
  }

  /**
   * The same whenever the answer is told.
   *
   * @param answer its id
   * @param index in {@code output}
   */
  String id(String answer, int index) {
    return prefix + answer + "_" + index;
  }

  /** Of which nothing is said yet. */
  static ObjectNode begun(String id, Part opening) {
    return node(id, opening, List.of(), "in_progress");
  }

  /**
   * @param parts of a message any number, else one
   */
  static ObjectNode whole(String id, List<Part> parts, String status) {
    return node(id, parts.getFirst(), parts, status);
  }

  /**
   * @param parts none where their texts follow
   */
  private static ObjectNode node(String id, Part first, List<Part> parts, String status) {
    ObjectNode node = Json.object().put("id", id);
    switch (first) {
      case Part.ToolCall call ->
          node.put("type", "function_call")
              .put("call_id", call.id())
              .put("name", call.name())
              .put("arguments", parts.isEmpty() ? "" : call.arguments());
      case Part.Reasoning(String text, String signature, Extras e) -> {
        texts(node.put("type", "reasoning"), "summary", parts);
        if (signature != null) {
          node.put("encrypted_content", signature);
        }
      }
      case Part.HiddenReasoning(String data, Extras e) -> {
        node.put("type", "reasoning").putArray("summary");
        node.put("encrypted_content", data);
      }
      case Part.Text text -> texts(message(node), "content", parts);
      case Part.Refusal refusal -> texts(message(node), "content", parts);
      case Part.Opaque own -> throw ResponsesKind.unsaid(own.type());
      case Part.Image image -> throw ResponsesKind.unsaid("image");
      case Part.ToolResult result -> throw ResponsesKind.unsaid("tool_result");
    }
    return node.put("status", status);
  }

  private static ObjectNode message(ObjectNode node) {
    return node.put("type", "message").put("role", "assistant");
  }

  private static void texts(ObjectNode node, String name, List<Part> parts) {
    ArrayNode texts = node.putArray(name);
    parts.forEach(part -> texts.add(ResponsesKind.of(part).node(ResponsesKind.text(part))));
  }
}
