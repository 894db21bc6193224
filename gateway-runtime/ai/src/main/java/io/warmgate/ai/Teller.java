package io.warmgate.ai;

import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.stream.StreamWriter;

/** How answers are told in one dialect. Immutable. */
public interface Teller extends ErrorWriter {

  Dialect dialect();

  /**
   * A whole answer, to nobody knows what: as a provider of this dialect could have given it.
   *
   * @return JSON in UTF-8
   * @throws TranslationException where the answer has something that this dialect cannot say
   */
  byte[] writeAnswer(ChatAnswer answer);

  /**
   * A whole answer to this request, which some dialects repeat in it.
   *
   * @return JSON in UTF-8
   * @throws TranslationException where the answer has something that this dialect cannot say
   */
  default byte[] writeAnswer(ChatAnswer answer, ChatRequest asked) {
    return writeAnswer(answer);
  }

  /** For the answer to this request, piece by piece. */
  StreamWriter openStream(ChatRequest request);
}
