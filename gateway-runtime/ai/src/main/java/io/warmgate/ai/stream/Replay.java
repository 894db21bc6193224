package io.warmgate.ai.stream;

import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.stream.StreamEvent.Begun;
import io.warmgate.ai.stream.StreamEvent.Ended;
import io.warmgate.ai.stream.StreamEvent.Metered;
import io.warmgate.ai.stream.StreamEvent.PartBegun;
import io.warmgate.ai.stream.StreamEvent.PartEnded;
import io.warmgate.ai.stream.StreamEvent.PartGrew;
import io.warmgate.ai.stream.StreamEvent.PartSigned;
import io.warmgate.ai.stream.StreamEvent.Stopped;
import java.util.ArrayList;
import java.util.List;

/** An answer as the stream that it could have come by. */
public final class Replay {
  /** UTF-16 code units of a piece, about ten tokens. */
  private static final int PIECE = 48;

  private Replay() {}

  /** Ends with {@link Ended}; folds to the same answer. */
  public static List<StreamEvent> of(ChatAnswer answer) {
    List<StreamEvent> events = new ArrayList<>();
    Usage usage = answer.usage();
    events.add(new Begun(answer.id(), usage == null ? null : beforeOutput(usage), answer.extras()));
    for (int i = 0; i < answer.parts().size(); i++) {
      part(i, answer.parts().get(i), events);
    }
    events.add(new Stopped(answer.stop()));
    if (usage != null) {
      events.add(new Metered(usage));
    }
    events.add(new Ended());
    return events;
  }

  private static Usage beforeOutput(Usage usage) {
    return new Usage(usage.input(), usage.cached(), usage.written(), 0, 0, usage.extras());
  }

  private static void part(int index, Part part, List<StreamEvent> events) {
    switch (part) {
      case Part.Text(String text, Extras e) -> grow(index, new Part.Text("", e), text, events);
      case Part.Refusal(String text, Extras e) ->
          grow(index, new Part.Refusal("", e), text, events);
      case Part.ToolCall(String id, String name, String arguments, Extras e) ->
          grow(index, new Part.ToolCall(id, name, "", e), arguments, events);
      case Part.Reasoning(String text, String signature, Extras e) -> {
        grow(index, new Part.Reasoning("", null, e), text, events);
        if (signature != null) {
          events.add(new PartSigned(index, signature));
        }
      }
      case Part.HiddenReasoning whole -> events.add(new PartBegun(index, whole));
      case Part.Opaque whole -> events.add(new PartBegun(index, whole));
      case Part.Image whole -> events.add(new PartBegun(index, whole));
      case Part.ToolResult whole -> events.add(new PartBegun(index, whole));
    }
    events.add(new PartEnded(index));
  }

  private static void grow(int index, Part opening, String text, List<StreamEvent> events) {
    events.add(new PartBegun(index, opening));
    for (int from = 0; from < text.length(); ) {
      int to = end(text, from);
      events.add(new PartGrew(index, text.substring(from, to)));
      from = to;
    }
  }

  /** Behind white space where there is some, and never within a character. */
  private static int end(String text, int from) {
    int limit = Math.min(text.length(), from + PIECE);
    if (limit == text.length()) {
      return limit;
    }
    for (int to = limit; to > from + PIECE / 2; to--) {
      if (Character.isWhitespace(text.charAt(to - 1))) {
        return to;
      }
    }
    return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
  }
}
