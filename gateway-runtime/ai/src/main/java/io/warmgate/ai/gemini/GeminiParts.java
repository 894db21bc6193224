package io.warmgate.ai.gemini;

import static io.warmgate.ai.Dialect.GEMINI;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.CallId;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a content, in the order in which they come: texts that follow each other are one, and so
 * are thoughts; a call is always whole.
 */
final class GeminiParts {
  private static final Extras NONE = Extras.none(GEMINI);

  private enum Kind {
    TEXT,
    THOUGHT
  }

  private final String response;
  private @Nullable Kind writing;
  private int current;
  private int count;
  private int calls;

  /**
   * @param response its id, for calls that have none; empty: not told
   */
  GeminiParts(String response) {
    this.response = response;
  }

  /** Whether any tool is called. */
  boolean called() {
    return calls > 0;
  }

  void read(FieldReader part, List<StreamEvent> events) {
    String signature = part.text("thoughtSignature");
    if (part.has("functionCall")) {
      call(part.neededObject("functionCall"), signature, events);
    } else if (part.has("text")) {
      Kind kind = part.isTrue("thought") ? Kind.THOUGHT : Kind.TEXT;
      write(kind, part.textOr("text", ""), events);
    } else {
      own(part, events);
    }
  }

  private void write(Kind kind, String more, List<StreamEvent> events) {
    if (more.isEmpty()) {
      return;
    }
    if (writing != kind) {
      endWriting(events);
      writing = kind;
      current = count++;
      Part opening =
          switch (kind) {
            case TEXT -> new Part.Text("", NONE);
            case THOUGHT -> new Part.Reasoning("", null, NONE);
          };
      events.add(new StreamEvent.PartBegun(current, opening));
    }
    events.add(new StreamEvent.PartGrew(current, more));
  }

  void endWriting(List<StreamEvent> events) {
    if (writing != null) {
      writing = null;
      events.add(new StreamEvent.PartEnded(current));
    }
  }

  private void call(FieldReader call, @Nullable String signature, List<StreamEvent> events) {
    String made = "call_" + (response.isEmpty() ? "" : response + "_") + calls++;
    String id = new CallId(call.textOr("id", made), signature).text();
    JsonNode args = call.any("args");
    if (args != null && !args.isObject()) {
      throw new TranslationException(call.at("args"), "must be an object");
    }
    whole(new Part.ToolCall(id, call.neededText("name"), "", NONE), Json.string(or(args)), events);
  }

  private static JsonNode or(@Nullable JsonNode args) {
    return args == null ? Json.object() : args;
  }

  private void whole(Part opening, String more, List<StreamEvent> events) {
    endWriting(events);
    int part = count++;
    events.add(new StreamEvent.PartBegun(part, opening));
    if (!more.isEmpty()) {
      events.add(new StreamEvent.PartGrew(part, more));
    }
    events.add(new StreamEvent.PartEnded(part));
  }

  /** Pictures, code that was run, and what is not known here. */
  private void own(FieldReader part, List<StreamEvent> events) {
    part.any("thought");
    ObjectNode node = Json.object();
    part.rest(GEMINI).fields().forEach(node::set);
    if (!node.isEmpty()) {
      ObjectNode typed = Json.object().put("type", node.fieldNames().next());
      whole(new Part.Opaque(typed.setAll(node), NONE), "", events);
    }
  }
}
