package io.warmgate.ai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Part;
import io.warmgate.ai.chat.Stop;
import io.warmgate.ai.chat.StopReason;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Events for a client, the whole response in the last one. There is no {@code [DONE]}: the end is
 * {@code response.completed}, {@code response.incomplete} or {@code response.failed}, and {@code
 * error} where no response had begun.
 */
final class ResponsesStreamWriter implements StreamWriter {
  private final ChatRequest asked;
  private final long nowSeconds;
  private final ResponsesFrames frames;
  private ResponsesHead head;
  private ResponsesOutput output;
  private Stop stop = Stop.NOT_SAID;
  private @Nullable Usage usage;
  private boolean begun;

  ResponsesStreamWriter(ChatRequest asked, long nowSeconds, ResponsesFrames frames) {
    this.asked = asked;
    this.nowSeconds = nowSeconds;
    this.frames = frames;
    this.head = new ResponsesHead(AnswerId.UNKNOWN, asked, nowSeconds);
    this.output = new ResponsesOutput("", frames);
  }

  @Override
  public String write(StreamEvent event) {
    return switch (event) {
      case StreamEvent.Begun begin -> begin(begin);
      case StreamEvent.PartBegun(int part, Part opening) -> output.begin(part, opening);
      case StreamEvent.PartGrew(int part, String more) -> output.grow(part, more);
      case StreamEvent.PartSigned(int part, String signature) -> {
        output.sign(part, signature);
        yield "";
      }
      case StreamEvent.PartEnded(int part) -> output.end(part);
      case StreamEvent.Stopped(Stop why) -> {
        stop = why;
        yield "";
      }
      case StreamEvent.Metered(Usage tokens) -> {
        usage = tokens;
        yield "";
      }
      case StreamEvent.Beyond(String field, StreamEvent.Weight weight) -> beyond(field, weight);
      case StreamEvent.Failed(ModelError error) -> fail(error);
      case StreamEvent.Ended() -> end();
    };
  }

  private static String beyond(String field, StreamEvent.Weight weight) {
    return switch (weight) {
      case CONTENT -> throw ResponsesKind.unsaid(field);
      case DETAIL -> "";
    };
  }

  private String begin(StreamEvent.Begun begin) {
    begun = true;
    head = new ResponsesHead(begin.id(), asked, nowSeconds);
    output = new ResponsesOutput(begin.id().id(), frames);
    usage = begin.usage();
    return response("response.created", head.node("in_progress", null))
        + response("response.in_progress", head.node("in_progress", null));
  }

  /** A stream that ended without a reason must not look whole. */
  private String end() {
    if (stop.reason() == StopReason.NOT_SAID) {
      String why = "the model's answer ended without a reason";
      return fail(ModelError.of(ErrorKind.UNREADABLE, why));
    }
    ResponsesStatus status = ResponsesStatus.of(stop.reason());
    String ended = output.endAll(status);
    ObjectNode response = head.node(status.word(), status.reason());
    return ended + response("response." + status.word(), said(response));
  }

  private String fail(ModelError error) {
    if (!begun) {
      return frames.frame("error", ResponsesErrors.event(error));
    }
    ObjectNode response = head.node("failed", null);
    response.set("error", ResponsesErrors.ofResponse(error));
    return response("response.failed", said(response));
  }

  private ObjectNode said(ObjectNode response) {
    response.set("output", output.whole());
    Usage tokens = usage;
    if (tokens != null) {
      response.set("usage", ResponsesUsage.write(tokens));
    }
    return response;
  }

  private String response(String type, ObjectNode response) {
    ObjectNode fields = Json.object();
    fields.set("response", response);
    return frames.frame(type, fields);
  }
}
