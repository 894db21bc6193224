package io.warmgate.server.ai;

import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamReader;
import io.warmgate.ai.stream.StreamWriter;
import java.util.List;

/** Event by event into another dialect. */
final class TranslatedStream implements StreamTranslation {
  private final StreamReader reader;
  private final StreamWriter writer;
  private boolean over;
  private boolean failed;

  TranslatedStream(StreamReader reader, StreamWriter writer) {
    this.reader = reader;
    this.writer = writer;
  }

  @Override
  public Buffer chunk(Buffer came) {
    return over ? Buffer.buffer() : written(reader.read(came.getBytes()));
  }

  @Override
  public Buffer end() {
    return over ? Buffer.buffer() : written(reader.end());
  }

  @Override
  public Buffer broken() {
    return over ? Buffer.buffer() : Buffer.buffer(failed("The provider's stream broke off."));
  }

  @Override
  public boolean hasFailed() {
    return failed;
  }

  private Buffer written(List<StreamEvent> events) {
    StringBuilder written = new StringBuilder();
    try {
      for (StreamEvent event : events) {
        written.append(writer.write(event));
        over |= event.isLast();
        failed |= event instanceof StreamEvent.Failed;
      }
    } catch (TranslationException e) {
      written.append(failed("The model's answer cannot be passed on: " + e.getMessage() + "."));
    }
    return Buffer.buffer(written.toString());
  }

  private String failed(String why) {
    over = true;
    failed = true;
    return writer.write(new StreamEvent.Failed(ModelError.of(ErrorKind.UNREADABLE, why)));
  }
}
