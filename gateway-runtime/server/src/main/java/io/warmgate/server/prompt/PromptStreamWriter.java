package io.warmgate.server.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamWriter;
import java.util.HashSet;
import java.util.Set;

/**
 * Pieces of text, {@code {"text": …}} each; then an event {@code end}, or {@code error} in its
 * place. Confined to one stream.
 */
final class PromptStreamWriter implements StreamWriter {
  private final Set<Integer> thoughts = new HashSet<>();
  private Stop stop = Stop.NOT_SAID;

  @Override
  public String write(StreamEvent event) {
    return switch (event) {
      case StreamEvent.PartBegun(int part, Part opening) -> open(part, opening);
      case StreamEvent.PartGrew(int part, String more) -> thoughts.contains(part) ? "" : text(more);
      case StreamEvent.Stopped(Stop why) -> {
        stop = why;
        yield "";
      }
      case StreamEvent.Beyond(String field, StreamEvent.Weight weight) ->
          switch (weight) {
            case CONTENT -> throw PromptFront.unsaid(field);
            case DETAIL -> "";
          };
      case StreamEvent.Failed(ModelError error) -> error(error);
      case StreamEvent.Ended() -> end();
      case StreamEvent.Begun _,
          StreamEvent.PartSigned _,
          StreamEvent.PartEnded _,
          StreamEvent.Metered _ ->
          "";
    };
  }

  private String open(int part, Part opening) {
    if (opening instanceof Part.Reasoning) {
      thoughts.add(part);
    }
    String begin = PromptFront.text(opening);
    return begin.isEmpty() ? "" : text(begin);
  }

  /** A stream that ended without a reason must not look whole. */
  private String end() {
    return stop.reason() == StopReason.NOT_SAID
        ? error(ModelError.of(ErrorKind.UNREADABLE, "The model's answer ended without a reason."))
        : "event: end\n" + data(Json.object().put("finishReason", PromptFront.finish(stop)));
  }

  private static String text(String more) {
    return data(Json.object().put("text", more));
  }

  private static String error(ModelError error) {
    return "event: error\n" + data(PromptErrors.node(error));
  }

  private static String data(JsonNode node) {
    return "data: " + Json.string(node) + "\n\n";
  }
}
