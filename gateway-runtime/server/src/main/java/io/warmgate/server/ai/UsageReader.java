package io.warmgate.server.ai;

import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamReader;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a stream as another does, and tells of the tokens that it says it took.
 *
 * @param heard called with each word of it; the last one counts
 */
record UsageReader(StreamReader reader, Consumer<Usage> heard) implements StreamReader {

  @Override
  public List<StreamEvent> read(byte[] chunk) {
    return told(reader.read(chunk));
  }

  @Override
  public List<StreamEvent> end() {
    return told(reader.end());
  }

  private List<StreamEvent> told(List<StreamEvent> events) {
    for (StreamEvent event : events) {
      if (event instanceof StreamEvent.Metered(Usage usage)) {
        heard.accept(usage);
      }
    }
    return events;
  }
}
