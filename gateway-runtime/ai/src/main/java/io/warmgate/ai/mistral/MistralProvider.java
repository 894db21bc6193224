package io.warmgate.ai.mistral;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Provider;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.openai.OpenAiProvider;
import io.warmgate.ai.stream.StreamReader;

/** Mistral's own API. */
public record MistralProvider() implements Provider {
  private static final OpenAiProvider OPENAI = new OpenAiProvider(OpenAiProvider.Flavour.OPENAI);

  @Override
  public Dialect dialect() {
    return Dialect.MISTRAL_CHAT;
  }

  @Override
  public byte[] writeRequest(ChatRequest request) {
    JsonNode asked = Json.parse(OPENAI.writeRequest(request));
    return Json.bytes(MistralRequest.of((ObjectNode) asked));
  }

  @Override
  public Outcome readAnswer(byte[] body) {
    try {
      return OPENAI.readAnswer(Json.bytes(MistralAnswer.of(Json.parse(body))));
    } catch (TranslationException e) {
      // As unreadable to it as it is here.
      return OPENAI.readAnswer(body);
    }
  }

  @Override
  public StreamReader openStream() {
    return new MistralStream(OPENAI.openStream());
  }

  @Override
  public ModelError readError(int status, byte[] body) {
    return MistralErrors.read(status, body);
  }
}
