package io.warmgate.ai.anthropic;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Provider;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.FrameLoop;
import io.warmgate.ai.stream.StreamReader;

/**
 * Anthropic.
 *
 * @param maxTokens of an answer where the client does not say it, since here it has to be said
 */
public record AnthropicProvider(long maxTokens) implements Provider {

  public AnthropicProvider {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.ANTHROPIC_MESSAGES;
  }

  @Override
  public byte[] writeRequest(ChatRequest request) {
    return Json.bytes(AnthropicRequestWriter.write(request, maxTokens));
  }

  @Override
  public Outcome readAnswer(byte[] body) {
    return AnthropicAnswerReader.read(body);
  }

  @Override
  public StreamReader openStream() {
    return new FrameLoop(new AnthropicStreamReader(), AnthropicStreamReader.LAST);
  }

  @Override
  public ModelError readError(int status, byte[] body) {
    return AnthropicErrors.read(status, body);
  }
}
