package io.warmgate.ai;

import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.stream.StreamReader;

/** How the gateway speaks to a model. Immutable. */
public interface Provider extends ErrorReader {

  Dialect dialect();

  /**
   * @return JSON in UTF-8
   * @throws TranslationException where the request asks for what this dialect cannot
   */
  byte[] writeRequest(ChatRequest request);

  /** What a whole body with status 200 says, which may be an error; never throws. */
  Outcome readAnswer(byte[] body);

  /** For a body of type {@code text/event-stream}. */
  StreamReader openStream();
}
