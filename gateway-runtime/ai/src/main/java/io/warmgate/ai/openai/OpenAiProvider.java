package io.warmgate.ai.openai;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Provider;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.FrameLoop;
import io.warmgate.ai.stream.StreamReader;

/** OpenAI, or a server that speaks as it does. */
public record OpenAiProvider(Flavour flavour) implements Provider {

  /** Where they differ. */
  public enum Flavour {
    /** Its newer models refuse {@code max_tokens}; it takes no thoughts back. */
    OPENAI("max_completion_tokens"),
    /** vLLM, Ollama, TGI and others, which know what OpenAI had first. */
    COMPATIBLE("max_tokens");

    private final String maxTokens;

    Flavour(String maxTokens) {
      this.maxTokens = maxTokens;
    }

    String maxTokens() {
      return maxTokens;
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.OPENAI_CHAT;
  }

  @Override
  public byte[] writeRequest(ChatRequest request) {
    return Json.bytes(OpenAiRequestWriter.write(request, flavour));
  }

  @Override
  public Outcome readAnswer(byte[] body) {
    return OpenAiAnswerReader.read(body);
  }

  @Override
  public StreamReader openStream() {
    return new FrameLoop(new OpenAiStreamReader(), OpenAiStreamReader.LAST);
  }

  @Override
  public ModelError readError(int status, byte[] body) {
    return OpenAiErrors.read(status, body);
  }
}
