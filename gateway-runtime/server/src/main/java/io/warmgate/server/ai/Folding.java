package io.warmgate.server.ai;

import io.vertx.core.buffer.Buffer;
import io.warmgate.ai.Provider;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.stream.Folded;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamFold;
import io.warmgate.ai.stream.StreamReader;
import java.util.ArrayList;
import java.util.List;

/** A provider's whole stream as one answer. */
final class Folding {
  private Folding() {}

  /**
   * @throws ModelFailure where it has an error inside, is cut, or says what an answer cannot
   */
  static ChatAnswer of(Provider provider, Buffer stream) {
    StreamReader reader = provider.openStream();
    List<StreamEvent> events = new ArrayList<>(reader.read(stream.getBytes()));
    events.addAll(reader.end());
    StreamFold fold = new StreamFold(provider.dialect());
    for (StreamEvent event : events) {
      if (event instanceof StreamEvent.Beyond(String field, StreamEvent.Weight weight)
          && weight == StreamEvent.Weight.CONTENT) {
        throw ModelFailure.unreadable("The provider's stream has content of its own: " + field);
      }
      fold.add(event);
    }
    Folded folded = fold.result();
    return switch (folded.end()) {
      case Folded.Complete() -> folded.answer();
      case Folded.Cut() -> throw ModelFailure.unreadable("The provider's stream broke off.");
      case Folded.Failed(ModelError error) -> throw new ModelFailure(error);
    };
  }
}
