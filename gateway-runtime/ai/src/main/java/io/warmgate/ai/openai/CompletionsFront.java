package io.warmgate.ai.openai;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamWriter;

/**
 * {@code POST /v1/completions}, which OpenAI calls legacy: a prompt is what a user says, and what
 * the model says next is the text.
 *
 * @param nowSeconds since the epoch: when an answer was made whose provider does not say it
 */
public record CompletionsFront(long nowSeconds) implements Front {

  @Override
  public Dialect dialect() {
    return Dialect.OPENAI_COMPLETIONS;
  }

  @Override
  public ChatRequest readRequest(byte[] body) {
    return CompletionsRequestReader.read(body);
  }

  @Override
  public byte[] writeAnswer(ChatAnswer answer) {
    return Json.bytes(CompletionsAnswerWriter.write(answer, nowSeconds));
  }

  @Override
  public StreamWriter openStream(ChatRequest asked) {
    boolean usage = asked.delivery().form() == Delivery.Form.STREAM_WITH_USAGE;
    return new CompletionsStreamWriter(
        nowSeconds, usage ? OpenAiChunks.Usage.SHOWN : OpenAiChunks.Usage.LEFT_OUT);
  }

  @Override
  public ErrorBody writeError(ModelError error) {
    return OpenAiErrors.write(error);
  }
}
