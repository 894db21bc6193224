package io.warmgate.ai.bedrock;

import static io.warmgate.ai.Dialect.BEDROCK_CONVERSE;

import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamEvent.Weight;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code contentBlockStart}, {@code Delta} and {@code Stop}, each by its index. A block of text, or
 * of thoughts, begins with its first delta.
 */
final class BedrockDeltas {
  private static final Extras NONE = Extras.none(BEDROCK_CONVERSE);

  /** What a block is. */
  private enum Kind {
    TEXT,
    THOUGHT,
    CALL,
    /** Of Bedrock alone: its deltas are no part of the answer. */
    OWN
  }

  private static final class Block {
    private final Kind kind;
    private final int part;
    private boolean grew;

    Block(Kind kind, int part) {
      this.kind = kind;
      this.part = part;
    }
  }

  private final Map<Long, Block> blocks = new TreeMap<>();
  private int parts;

  void begin(FieldReader root, List<StreamEvent> events) {
    long index = root.wholeOr("contentBlockIndex", 0);
    FieldReader start = root.object("start");
    if (start == null || start.rest(BEDROCK_CONVERSE).fields().isEmpty()) {
      return;
    }
    FieldReader call = start.object("toolUse");
    if (call == null || call.has("type")) {
      String what = start.rest(BEDROCK_CONVERSE).fields().keySet().iterator().next();
      events.add(new StreamEvent.Beyond("content[]." + what, Weight.CONTENT));
      blocks.put(index, new Block(Kind.OWN, -1));
      return;
    }
    Part opening =
        new Part.ToolCall(call.neededText("toolUseId"), call.neededText("name"), "", NONE);
    open(index, Kind.CALL, opening, events);
  }

  void grow(FieldReader root, List<StreamEvent> events) {
    long index = root.wholeOr("contentBlockIndex", 0);
    FieldReader delta = root.neededObject("delta");
    Block open = blocks.get(index);
    if (open != null && open.kind == Kind.OWN) {
      return;
    }
    if (delta.has("text")) {
      more(in(index, Kind.TEXT, events), delta.textOr("text", ""), events);
    } else if (delta.has("toolUse")) {
      if (open == null) {
        throw new TranslationException(delta.at("toolUse"), "no call has begun there");
      }
      more(open, delta.neededObject("toolUse").textOr("input", ""), events);
    } else if (delta.has("reasoningContent")) {
      thought(index, delta.neededObject("reasoningContent"), events);
    } else {
      boolean detail = delta.has("citation");
      String what = delta.rest(BEDROCK_CONVERSE).fields().keySet().stream().findFirst().orElse("");
      events.add(
          new StreamEvent.Beyond("content[]." + what, detail ? Weight.DETAIL : Weight.CONTENT));
    }
  }

  private void thought(long index, FieldReader thought, List<StreamEvent> events) {
    String hidden = thought.text("redactedContent");
    if (hidden != null) {
      int part = parts++;
      events.add(new StreamEvent.PartBegun(part, new Part.HiddenReasoning(hidden, NONE)));
      events.add(new StreamEvent.PartEnded(part));
      return;
    }
    Block block = in(index, Kind.THOUGHT, events);
    more(block, thought.textOr("text", ""), events);
    String signature = thought.textOr("signature", "");
    if (!signature.isEmpty()) {
      events.add(new StreamEvent.PartSigned(block.part, signature));
    }
  }

  private Block in(long index, Kind kind, List<StreamEvent> events) {
    Block open = blocks.get(index);
    if (open == null) {
      Part opening =
          kind == Kind.TEXT ? new Part.Text("", NONE) : new Part.Reasoning("", null, NONE);
      return open(index, kind, opening, events);
    }
    if (open.kind != kind) {
      throw new TranslationException("contentBlockIndex", "block " + index + " is of two kinds");
    }
    return open;
  }

  private Block open(long index, Kind kind, Part opening, List<StreamEvent> events) {
    Block block = new Block(kind, parts++);
    blocks.put(index, block);
    events.add(new StreamEvent.PartBegun(block.part, opening));
    return block;
  }

  private static void more(Block block, String more, List<StreamEvent> events) {
    if (!more.isEmpty()) {
      block.grew = true;
      events.add(new StreamEvent.PartGrew(block.part, more));
    }
  }

  void end(long index, List<StreamEvent> events) {
    close(blocks.remove(index), events);
  }

  /** Some models' streams do not say that a block ends. */
  void endAll(List<StreamEvent> events) {
    blocks.values().forEach(block -> close(block, events));
    blocks.clear();
  }

  private static void close(@Nullable Block block, List<StreamEvent> events) {
    if (block == null || block.kind == Kind.OWN) {
      return;
    }
    if (block.kind == Kind.CALL && !block.grew) {
      more(block, "{}", events);
    }
    events.add(new StreamEvent.PartEnded(block.part));
  }
}
