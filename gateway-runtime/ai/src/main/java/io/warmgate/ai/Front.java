package io.warmgate.ai;

import io.warmgate.ai.chat.ChatRequest;

/** How clients speak to the gateway. Immutable. */
public interface Front extends Teller {

  /**
   * @param body JSON in UTF-8
   * @throws TranslationException where it is not a request of this dialect
   */
  ChatRequest readRequest(byte[] body);

  /**
   * @param status of HTTP
   * @param json in UTF-8
   */
  record ErrorBody(int status, String json) {}
}
