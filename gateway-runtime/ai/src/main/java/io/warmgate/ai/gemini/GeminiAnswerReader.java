package io.warmgate.ai.gemini;

import static io.warmgate.ai.Dialect.GEMINI;

import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.Folded;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamFold;
import java.util.ArrayList;
import java.util.List;

/** A whole answer, or an error in its place: read as a stream of one. */
final class GeminiAnswerReader {
  private GeminiAnswerReader() {}

  static Outcome read(byte[] body) {
    List<StreamEvent> events = new ArrayList<>();
    try {
      GeminiStreamReader reader = new GeminiStreamReader();
      reader.response(Json.parse(body), events);
      reader.end(events);
    } catch (TranslationException e) {
      return unreadable(String.valueOf(e.getMessage()));
    }
    StreamFold fold = new StreamFold(GEMINI);
    events.forEach(fold::add);
    Folded folded = fold.result();
    if (folded.end() instanceof Folded.Failed(ModelError error)) {
      return new Outcome.Failed(error);
    }
    if (!folded.beyond().isEmpty()) {
      return unreadable("candidates: there are several");
    }
    if (folded.end() instanceof Folded.Cut && folded.answer().parts().isEmpty()) {
      return unreadable("candidates: there are none");
    }
    return new Outcome.Answered(folded.answer());
  }

  private static Outcome unreadable(String why) {
    return new Outcome.Failed(
        ModelError.of(ErrorKind.UNREADABLE, "the provider's answer cannot be read: " + why));
  }
}
