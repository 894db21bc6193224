package io.warmgate.ai.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamEvent.Weight;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code content_block_start}, {@code _delta} and {@code _stop}, each by its index. */
final class AnthropicDeltas {

  /** A tool's arguments may come with its beginning; then no deltas follow. */
  private static final class Block {
    private final int part;
    private @Nullable String arguments;

    Block(int part, @Nullable String arguments) {
      this.part = part;
      this.arguments = arguments;
    }
  }

  private final Map<Long, Block> blocks = new HashMap<>();
  private int parts;

  void begin(FieldReader root, List<StreamEvent> events) {
    long index = root.wholeOr("index", 0);
    Part part = AnthropicBlocks.part(root.needed("content_block"), "content_block");
    if (part instanceof Part.Opaque own) {
      // Its deltas are as unknown as it is.
      events.add(new StreamEvent.Beyond("content[].type (" + own.type() + ")", Weight.CONTENT));
      return;
    }
    String arguments = null;
    Part opening = part;
    if (part instanceof Part.ToolCall(String id, String name, String input, var extras)) {
      arguments = input;
      opening = new Part.ToolCall(id, name, "", extras);
    }
    Block block = new Block(parts++, arguments);
    blocks.put(index, block);
    events.add(new StreamEvent.PartBegun(block.part, opening));
  }

  void grow(FieldReader root, List<StreamEvent> events) {
    Block block = blocks.get(root.wholeOr("index", 0));
    if (block == null) {
      return;
    }
    FieldReader delta = root.neededObject("delta");
    switch (delta.neededText("type")) {
      case "text_delta" -> grow(block, delta.textOr("text", ""), events);
      case "thinking_delta" -> grow(block, delta.textOr("thinking", ""), events);
      case "input_json_delta" -> {
        String more = delta.textOr("partial_json", "");
        if (!more.isEmpty()) {
          block.arguments = null;
        }
        grow(block, more, events);
      }
      case "signature_delta" ->
          events.add(new StreamEvent.PartSigned(block.part, delta.textOr("signature", "")));
      case "citations_delta" ->
          events.add(new StreamEvent.Beyond("content[].citations", Weight.DETAIL));
      default -> throw new TranslationException(delta.at("type"), "no delta that is known here");
    }
  }

  private static void grow(Block block, String more, List<StreamEvent> events) {
    if (!more.isEmpty()) {
      events.add(new StreamEvent.PartGrew(block.part, more));
    }
  }

  void end(long index, List<StreamEvent> events) {
    Block block = blocks.remove(index);
    if (block == null) {
      return;
    }
    if (block.arguments != null) {
      grow(block, block.arguments, events);
    }
    events.add(new StreamEvent.PartEnded(block.part));
  }

  /** For a block that is written. */
  static JsonNode delta(Part part, String more) {
    return switch (part) {
      case Part.Text text -> Json.object().put("type", "text_delta").put("text", more);
      case Part.Refusal refusal -> Json.object().put("type", "text_delta").put("text", more);
      case Part.Reasoning r -> Json.object().put("type", "thinking_delta").put("thinking", more);
      case Part.ToolCall c ->
          Json.object().put("type", "input_json_delta").put("partial_json", more);
      case Part.HiddenReasoning hidden -> throw fixed(part);
      case Part.Image image -> throw fixed(part);
      case Part.ToolResult result -> throw fixed(part);
      case Part.Opaque own -> throw fixed(part);
    };
  }

  private static IllegalStateException fixed(Part part) {
    return new IllegalStateException(part.getClass().getSimpleName() + " does not grow");
  }
}
