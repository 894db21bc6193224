package io.warmgate.ai.responses;

import static io.warmgate.ai.Dialect.OPENAI_RESPONSES;
import static io.warmgate.ai.responses.ResponsesItem.CALL;
import static io.warmgate.ai.responses.ResponsesItem.MESSAGE;
import static io.warmgate.ai.responses.ResponsesItem.REASONING;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.Json;

/** What an answer's part is here, and what its events and their fields are called. */
enum ResponsesKind {
  TEXT(MESSAGE, "response.content_part", "response.output_text", "text", "content_index"),
  REFUSAL(MESSAGE, "response.content_part", "response.refusal", "refusal", "content_index"),
  THOUGHT(
      REASONING,
      "response.reasoning_summary_part",
      "response.reasoning_summary_text",
      "text",
      "summary_index"),
  /** A thought that nobody but its provider can read: its item has it whole. */
  HIDDEN(REASONING, "", "", "", ""),
  /** The item itself is all there is. */
  FUNCTION(CALL, "", "response.function_call_arguments", "arguments", "");

  private final ResponsesItem item;
  private final String bounds;
  private final String growth;
  private final String field;
  private final String index;

  ResponsesKind(ResponsesItem item, String bounds, String growth, String field, String index) {
    this.item = item;
    this.bounds = bounds;
    this.growth = growth;
    this.field = field;
    this.index = index;
  }

  /**
   * @throws TranslationException where it can be nothing here
   */
  static ResponsesKind of(Part part) {
    return switch (part) {
      case Part.Text text -> TEXT;
      case Part.Refusal refusal -> REFUSAL;
      case Part.Reasoning thought -> THOUGHT;
      case Part.HiddenReasoning hidden -> HIDDEN;
      case Part.ToolCall call -> FUNCTION;
      case Part.Opaque own -> throw unsaid(own.type());
      case Part.Image image -> throw unsaid("image");
      case Part.ToolResult result -> throw unsaid("tool_result");
    };
  }

  /** What it says; empty where it says nothing in words. */
  static String text(Part part) {
    return switch (part) {
      case Part.Text(String text, Extras e) -> text;
      case Part.Refusal(String text, Extras e) -> text;
      case Part.Reasoning(String text, String signature, Extras e) -> text;
      case Part.ToolCall call -> call.arguments();
      case Part.HiddenReasoning hidden -> "";
      case Part.Opaque own -> "";
      case Part.Image image -> "";
      case Part.ToolResult result -> "";
    };
  }

  static TranslationException unsaid(String type) {
    return TranslationException.unknownTo(OPENAI_RESPONSES, "the answer's " + type);
  }

  /** That it belongs to. */
  ResponsesItem item() {
    return item;
  }

  /** Of the events that begin and end it; empty: there are none. */
  String bounds() {
    return bounds;
  }

  /** Of the events of its text; empty: it has none. */
  String growth() {
    return growth;
  }

  /** Of the event of its whole text. */
  String field() {
    return field;
  }

  /** Which part of its item it is; empty: the only one. */
  String index() {
    return index;
  }

  /** A part of an item: of those kinds that have {@link #bounds()}. */
  ObjectNode node(String text) {
    ObjectNode node = Json.object();
    switch (this) {
      case TEXT -> {
        node.put("type", "output_text").put("text", text);
        node.putArray("annotations");
        node.putArray("logprobs");
      }
      case REFUSAL -> node.put("type", "refusal").put("refusal", text);
      case THOUGHT -> node.put("type", "summary_text").put("text", text);
      case HIDDEN, FUNCTION -> {}
    }
    return node;
  }
}
