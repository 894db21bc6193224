package io.warmgate.ai.stream;

import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import java.util.ArrayList;
import java.util.List;

/**
 * What every dialect's stream is read by: bytes become frames, a frame what its dialect makes of
 * it. One that cannot be read fails the stream, as does an end before the dialect's last frame.
 */
public final class FrameLoop implements StreamReader {
  private final SseReader frames = new SseReader();
  private final Frames dialect;
  private final String last;
  private boolean over;

  /** A dialect's frames, in their order. */
  public interface Frames {

    /**
     * Adds what the frame says; the stream is over with {@link StreamEvent.Ended} or {@code
     * Failed}.
     *
     * @throws TranslationException where it cannot be read
     */
    void take(SseEvent frame, List<StreamEvent> events);

    /** Nothing more comes: adds what that says, where the dialect has no last frame. */
    default void end(List<StreamEvent> events) {}
  }

  /**
   * @param last the frame that ends a stream, as errors name it
   */
  public FrameLoop(Frames dialect, String last) {
    this.dialect = dialect;
    this.last = last;
  }

  @Override
  public List<StreamEvent> read(byte[] chunk) {
    List<StreamEvent> events = new ArrayList<>();
    try {
      frames.read(chunk).forEach(frame -> take(frame, events));
    } catch (TranslationException e) {
      fail("the provider's stream cannot be read: " + e.getMessage(), events);
    }
    return events;
  }

  @Override
  public List<StreamEvent> end() {
    List<StreamEvent> events = new ArrayList<>();
    frames.end().forEach(frame -> take(frame, events));
    if (!over) {
      dialect.end(events);
      over = !events.isEmpty() && events.getLast().isLast();
    }
    fail("the provider's stream broke off before " + last, events);
    return events;
  }

  private void take(SseEvent frame, List<StreamEvent> events) {
    if (over) {
      return;
    }
    try {
      dialect.take(frame, events);
    } catch (TranslationException e) {
      fail("the provider's stream cannot be read: " + e.getMessage(), events);
    }
    over = over || (!events.isEmpty() && events.getLast().isLast());
  }

  private void fail(String why, List<StreamEvent> events) {
    if (!over) {
      over = true;
      events.add(new StreamEvent.Failed(ModelError.of(ErrorKind.UNREADABLE, why)));
    }
  }
}
