package io.warmgate.ai.stream;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the pieces of an answer together while they pass. */
public final class StreamFold {
  private final SortedMap<Integer, Growing> parts = new TreeMap<>();
  private final List<String> beyond = new ArrayList<>();
  private AnswerId id = AnswerId.UNKNOWN;
  private Extras extras;
  private Stop stop = Stop.NOT_SAID;
  private @Nullable Usage usage;
  private @Nullable ModelError error;
  private boolean ended;

  /**
   * @param dialect of the provider
   */
  public StreamFold(Dialect dialect) {
    this.extras = Extras.none(dialect);
  }

  public void add(StreamEvent event) {
    switch (event) {
      case StreamEvent.Begun begun -> {
        id = begun.id();
        usage = begun.usage();
        extras = begun.extras();
      }
      case StreamEvent.PartBegun(int part, Part opening) -> parts.put(part, new Growing(opening));
      case StreamEvent.PartGrew(int part, String more) -> growing(part).more.append(more);
      case StreamEvent.PartSigned(int part, String signature) ->
          growing(part).signature.append(signature);
      case StreamEvent.PartEnded(int part) -> growing(part);
      case StreamEvent.Stopped(Stop why) -> stop = why;
      case StreamEvent.Metered(Usage tokens) -> usage = tokens;
      case StreamEvent.Beyond(String field, var weight) -> beyond.add(field);
      case StreamEvent.Failed(ModelError why) -> error = why;
      case StreamEvent.Ended() -> ended = true;
    }
  }

  /** As far as the provider said it; null: not yet. */
  public @Nullable Usage usage() {
    return usage;
  }

  /** Who answers; unknown before it began. */
  public AnswerId id() {
    return id;
  }

  /** How it stands. */
  public Folded.End end() {
    ModelError why = error;
    return why != null ? new Folded.Failed(why) : ended ? new Folded.Complete() : new Folded.Cut();
  }

  /** What came until now. */
  public Folded result() {
    List<Part> whole = parts.values().stream().map(Growing::part).toList();
    ChatAnswer answer = new ChatAnswer(id, whole, stop, usage, extras);
    return new Folded(answer, beyond, end());
  }

  private Growing growing(int part) {
    Growing growing = parts.get(part);
    if (growing == null) {
      throw new IllegalStateException("part " + part + " was not begun");
    }
    return growing;
  }

  private static final class Growing {
    private final Part opening;
    private final StringBuilder more = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();

    Growing(Part opening) {
      this.opening = opening;
    }

    Part part() {
      return switch (opening) {
        case Part.Text(String text, Extras e) -> new Part.Text(text + more, e);
        case Part.Refusal(String text, Extras e) -> new Part.Refusal(text + more, e);
        case Part.ToolCall(String call, String name, String arguments, Extras e) ->
            new Part.ToolCall(call, name, arguments + more, e);
        case Part.Reasoning(String text, String signed, Extras e) ->
            new Part.Reasoning(text + more, signature(signed), e);
        case Part.HiddenReasoning hidden -> hidden;
        case Part.Opaque opaque -> opaque;
        case Part.Image image -> image;
        case Part.ToolResult result -> result;
      };
    }

    private @Nullable String signature(@Nullable String signed) {
      return signature.isEmpty() ? signed : signature.toString();
    }
  }
}
