package io.warmgate.ai.anthropic;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamWriter;

/** {@code POST /v1/messages}. */
public record AnthropicFront() implements Front {

  @Override
  public Dialect dialect() {
    return Dialect.ANTHROPIC_MESSAGES;
  }

  @Override
  public ChatRequest readRequest(byte[] body) {
    return AnthropicRequestReader.read(body);
  }

  @Override
  public byte[] writeAnswer(ChatAnswer answer) {
    return Json.bytes(AnthropicAnswerWriter.write(answer));
  }

  @Override
  public StreamWriter openStream(ChatRequest request) {
    return new AnthropicStreamWriter();
  }

  @Override
  public ErrorBody writeError(ModelError error) {
    return AnthropicErrors.write(error);
  }
}
