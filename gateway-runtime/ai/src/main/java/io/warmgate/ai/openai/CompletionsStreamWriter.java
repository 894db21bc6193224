package io.warmgate.ai.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamWriter;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pieces of text for a client, {@code [DONE]} behind the last. */
final class CompletionsStreamWriter implements StreamWriter {
  private final long nowSeconds;
  private final OpenAiChunks.Usage shown;
  private final Set<Integer> thoughts = new HashSet<>();
  private AnswerId id = AnswerId.UNKNOWN;
  private Stop stop = Stop.NOT_SAID;
  private @Nullable Usage usage;

  CompletionsStreamWriter(long nowSeconds, OpenAiChunks.Usage shown) {
    this.nowSeconds = nowSeconds;
    this.shown = shown;
  }

  @Override
  public String write(StreamEvent event) {
    return switch (event) {
      case StreamEvent.Begun begun -> {
        id = begun.id();
        usage = begun.usage();
        yield "";
      }
      case StreamEvent.PartBegun(int part, Part opening) -> open(part, opening);
      case StreamEvent.PartGrew(int part, String more) ->
          thoughts.contains(part) ? "" : chunk(more, null);
      case StreamEvent.PartSigned signed -> "";
      case StreamEvent.PartEnded ended -> "";
      case StreamEvent.Stopped(Stop why) -> {
        stop = why;
        yield why.reason() == StopReason.NOT_SAID
            ? ""
            : chunk("", CompletionsAnswerWriter.finish(why));
      }
      case StreamEvent.Metered(Usage tokens) -> {
        usage = tokens;
        yield "";
      }
      case StreamEvent.Beyond(String field, StreamEvent.Weight weight) -> beyond(field, weight);
      case StreamEvent.Failed(ModelError error) -> OpenAiChunks.frame(OpenAiErrors.node(error));
      case StreamEvent.Ended() -> end();
    };
  }

  private String open(int part, Part opening) {
    String text = CompletionsAnswerWriter.text(opening);
    if (opening instanceof Part.Reasoning) {
      thoughts.add(part);
    }
    return text.isEmpty() ? "" : chunk(text, null);
  }

  private static String beyond(String field, StreamEvent.Weight weight) {
    return switch (weight) {
      case CONTENT -> throw CompletionsAnswerWriter.unsaid(field);
      case DETAIL -> "";
    };
  }

  private String chunk(String text, @Nullable String finish) {
    ObjectNode node = CompletionsAnswerWriter.chunk(id, text, finish, nowSeconds);
    if (shown == OpenAiChunks.Usage.SHOWN) {
      node.putNull("usage");
    }
    return OpenAiChunks.frame(node);
  }

  /** A stream that ended without a reason must not look whole. */
  private String end() {
    if (stop.reason() == StopReason.NOT_SAID) {
      String why = "the model's answer ended without a reason";
      return OpenAiChunks.frame(OpenAiErrors.node(ModelError.of(ErrorKind.UNREADABLE, why)));
    }
    Usage tokens = usage;
    if (tokens == null || shown == OpenAiChunks.Usage.LEFT_OUT) {
      return OpenAiChunks.done();
    }
    ObjectNode node = OpenAiAnswerWriter.head(id, "text_completion", nowSeconds);
    node.putArray("choices");
    node.set("usage", OpenAiUsage.write(tokens));
    return OpenAiChunks.frame(node) + OpenAiChunks.done();
  }
}
