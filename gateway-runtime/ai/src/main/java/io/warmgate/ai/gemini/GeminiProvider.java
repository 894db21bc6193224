package io.warmgate.ai.gemini;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Provider;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.FrameLoop;
import io.warmgate.ai.stream.StreamReader;

/** Google's Gemini API. Which model is asked, and whether for a stream, its URL says. */
public record GeminiProvider() implements Provider {

  @Override
  public Dialect dialect() {
    return Dialect.GEMINI;
  }

  @Override
  public byte[] writeRequest(ChatRequest request) {
    return Json.bytes(GeminiRequestWriter.write(request));
  }

  @Override
  public Outcome readAnswer(byte[] body) {
    return GeminiAnswerReader.read(body);
  }

  @Override
  public StreamReader openStream() {
    return new FrameLoop(new GeminiStreamReader(), "a finishReason");
  }

  @Override
  public ModelError readError(int status, byte[] body) {
    return GeminiErrors.read(status, body);
  }
}
