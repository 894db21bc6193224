package io.warmgate.server.ai;

import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Teller;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.StopReason;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamReader;
import io.warmgate.ai.stream.StreamWriter;
import java.util.List;

/**
 * Frame by frame as it came, where both sides speak the same dialect. It is read along: what is not
 * whole must not look so, and tokens that were counted for the gateway are shown to nobody who did
 * not ask; nor is a chunk that is none to OpenAI's own clients.
 */
final class NativeStream implements StreamTranslation {
  private final Frames frames = new Frames();
  private final StreamReader reader;
  private final StreamWriter errors;
  private final boolean hidesUsage;
  private boolean begun;
  private boolean stopped;
  private boolean over;
  private boolean failed;

  NativeStream(Teller front, ChatRequest request, StreamReader reader) {
    this.reader = reader;
    this.errors = front.openStream(request);
    this.hidesUsage =
        front.dialect() == Dialect.OPENAI_CHAT && request.delivery().form() == Delivery.Form.STREAM;
  }

  @Override
  public Buffer chunk(Buffer came) {
    Buffer passed = Buffer.buffer();
    for (Buffer frame : frames.read(came)) {
      passed.appendBuffer(frame(frame, reader.read(frame.getBytes())));
    }
    return passed;
  }

  @Override
  public Buffer end() {
    Buffer rest = frames.rest();
    Buffer last = frame(rest, reader.read(rest.getBytes()));
    // What no blank line ends is no event to clients.
    Buffer ended = frame(Buffer.buffer("\n\n"), reader.end());
    return last.copy().appendBuffer(ended);
  }

  @Override
  public Buffer broken() {
    return over ? Buffer.buffer() : failed("The provider's stream broke off.");
  }

  @Override
  public boolean hasFailed() {
    return failed;
  }

  /**
   * @param events what it says
   */
  private Buffer frame(Buffer frame, List<StreamEvent> events) {
    if (over) {
      return Buffer.buffer();
    }
    for (StreamEvent event : events) {
      switch (event) {
        case StreamEvent.Begun _ -> begun = true;
        case StreamEvent.Stopped(var stop) -> stopped |= stop.reason() != StopReason.NOT_SAID;
        case StreamEvent.Failed error -> {
          return failed(error);
        }
        case StreamEvent.Ended _ -> {
          if (!stopped) {
            return failed("the model's answer ended without a reason");
          }
          over = true;
        }
        default -> {}
      }
    }
    boolean hidden = (hidesUsage && isUsage(events)) || (!begun && isVerdict(frame));
    return hidden ? Buffer.buffer() : frame;
  }

  /** Azure's on the question, in a chunk without choices, id or object: no client expects it. */
  private static boolean isVerdict(Buffer frame) {
    return frame.toString().contains("\"prompt_filter_results\"");
  }

  private static boolean isUsage(List<StreamEvent> events) {
    return events.size() == 1 && events.getFirst() instanceof StreamEvent.Metered;
  }

  private Buffer failed(String why) {
    return failed(new StreamEvent.Failed(ModelError.of(ErrorKind.UNREADABLE, why)));
  }

  private Buffer failed(StreamEvent.Failed error) {
    over = true;
    failed = true;
    return Buffer.buffer(errors.write(error));
  }
}
