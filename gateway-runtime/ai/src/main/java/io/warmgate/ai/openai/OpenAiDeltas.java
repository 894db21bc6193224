package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_CHAT;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamEvent.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts in a choice's deltas, which have no bounds: text ends where something else
 * begins; tool calls go on side by side, each by its index, until the choice ends.
 */
final class OpenAiDeltas {
  private static final Extras NONE = Extras.none(OPENAI_CHAT);

  /** What is said there is nowhere else. */
  private static final Set<String> CONTENT = Set.of("audio", "function_call");

  private enum Kind {
    TEXT,
    REFUSAL,
    REASONING
  }

  private static final class Call {
    private final int part;
    private final String id;
    private boolean grew;

    Call(int part, String id) {
      this.part = part;
      this.id = id;
    }
  }

  private final Map<Long, Call> byIndex = new LinkedHashMap<>();
  private final List<Call> open = new ArrayList<>();
  private @Nullable Kind writing;
  private int current;
  private int parts;
  private long lastIndex = -1;
  private boolean called;

  /** Whether any tool is called. */
  boolean called() {
    return called;
  }

  void read(FieldReader delta, List<StreamEvent> events) {
    delta.any("role");
    // vLLM, DeepSeek and others; where both are there they say the same.
    String thought = delta.textOr("reasoning_content", "");
    JsonNode said = delta.peek("reasoning");
    String renamed = said != null && said.isTextual() ? delta.textOr("reasoning", "") : "";
    write(Kind.REASONING, thought.isEmpty() ? renamed : thought, events);
    write(Kind.TEXT, delta.textOr("content", ""), events);
    write(Kind.REFUSAL, delta.textOr("refusal", ""), events);
    delta.objects("tool_calls").forEach(call -> call(call, events));
    delta.rest(OPENAI_CHAT).fields().forEach((name, value) -> beyond(name, value, events));
  }

  private static void beyond(String name, JsonNode value, List<StreamEvent> events) {
    if (!value.isEmpty() || value.isValueNode()) {
      Weight weight = CONTENT.contains(name) ? Weight.CONTENT : Weight.DETAIL;
      events.add(new StreamEvent.Beyond("choices[0].delta." + name, weight));
    }
  }

  private void write(Kind kind, String more, List<StreamEvent> events) {
    if (more.isEmpty()) {
      return;
    }
    if (writing != kind) {
      endWriting(events);
      writing = kind;
      current = parts++;
      events.add(new StreamEvent.PartBegun(current, opening(kind)));
    }
    events.add(new StreamEvent.PartGrew(current, more));
  }

  private static Part opening(Kind kind) {
    return switch (kind) {
      case TEXT -> new Part.Text("", NONE);
      case REFUSAL -> new Part.Refusal("", NONE);
      case REASONING -> new Part.Reasoning("", null, NONE);
    };
  }

  private void endWriting(List<StreamEvent> events) {
    if (writing != null) {
      writing = null;
      events.add(new StreamEvent.PartEnded(current));
    }
  }

  private void call(FieldReader delta, List<StreamEvent> events) {
    String id = delta.textOr("id", "");
    FieldReader function = delta.object("function");
    String name = function == null ? "" : function.textOr("name", "");
    Call call = find(delta.whole("index"), id);
    if (call == null) {
      endWriting(events);
      call = new Call(parts++, id);
      called = true;
      byIndex.put(lastIndex, call);
      open.add(call);
      events.add(new StreamEvent.PartBegun(call.part, new Part.ToolCall(id, name, "", NONE)));
    }
    String more = function == null ? "" : OpenAiMessageReader.arguments(function);
    if (!more.isEmpty()) {
      call.grew = true;
      events.add(new StreamEvent.PartGrew(call.part, more));
    }
  }

  /**
   * Null: another one begins. Some servers leave the index out, and some give every call the same
   * one: then another id tells.
   */
  private @Nullable Call find(@Nullable Long index, String id) {
    if (index != null) {
      lastIndex = index;
    } else if (!id.isEmpty() && !hasId(id)) {
      lastIndex++;
      return null;
    }
    Call call = byIndex.get(lastIndex);
    return call != null && !id.isEmpty() && !call.id.equals(id) ? null : call;
  }

  private boolean hasId(String id) {
    return byIndex.containsKey(lastIndex) && byIndex.get(lastIndex).id.equals(id);
  }

  void endAll(List<StreamEvent> events) {
    endWriting(events);
    for (Call call : open) {
      if (!call.grew) {
        events.add(new StreamEvent.PartGrew(call.part, "{}"));
      }
      events.add(new StreamEvent.PartEnded(call.part));
    }
    open.clear();
  }
}
