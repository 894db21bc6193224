package io.warmgate.ai.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Content blocks come one after the other here: what belongs to a later part waits until the parts
 * before it have ended.
 */
final class AnthropicBlockQueue {

  private static final class Block {
    private final int index;
    private final Part opening;
    private final StringBuilder waiting = new StringBuilder();
    private boolean ended;

    Block(int index, Part opening) {
      this.index = index;
      this.opening = opening;
    }
  }

  private final Map<Integer, Block> open = new LinkedHashMap<>();
  private int blocks;

  String begin(int part, Part opening) {
    Block block = new Block(blocks++, opening);
    open.put(part, block);
    ObjectNode node = event("content_block_start", block);
    node.set("content_block", start(opening));
    return put(block, "content_block_start", node);
  }

  private static JsonNode start(Part opening) {
    if (opening instanceof Part.ToolCall call) {
      ObjectNode block = AnthropicAnswerWriter.call(call);
      // Its arguments follow.
      block.putObject("input");
      return AnthropicAnswerWriter.with(call.extras(), block);
    }
    return AnthropicAnswerWriter.block(opening);
  }

  String grow(int part, String more) {
    Block block = block(part);
    return delta(block, AnthropicDeltas.delta(block.opening, more));
  }

  String sign(int part, String signature) {
    return delta(
        block(part), Json.object().put("type", "signature_delta").put("signature", signature));
  }

  private String delta(Block block, JsonNode delta) {
    ObjectNode node = event("content_block_delta", block);
    node.set("delta", delta);
    return put(block, "content_block_delta", node);
  }

  String end(int part) {
    Block block = block(part);
    block.ended = true;
    return put(block, "content_block_stop", event("content_block_stop", block)) + next();
  }

  private Block block(int part) {
    Block block = open.get(part);
    if (block == null) {
      throw new IllegalStateException("part " + part + " is not open");
    }
    return block;
  }

  private static ObjectNode event(String type, Block block) {
    return Json.object().put("type", type).put("index", block.index);
  }

  private String put(Block block, String type, JsonNode node) {
    String frame = AnthropicStreamWriter.frame(type, node);
    if (block == open.values().iterator().next()) {
      return frame;
    }
    block.waiting.append(frame);
    return "";
  }

  /** Takes away what has ended, and lets go what waited for it. */
  private String next() {
    StringBuilder freed = new StringBuilder();
    while (!open.isEmpty() && open.values().iterator().next().ended) {
      open.values().remove(open.values().iterator().next());
      if (!open.isEmpty()) {
        Block block = open.values().iterator().next();
        freed.append(block.waiting);
        block.waiting.setLength(0);
      }
    }
    return freed.toString();
  }
}
