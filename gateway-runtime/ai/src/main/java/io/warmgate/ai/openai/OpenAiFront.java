package io.warmgate.ai.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Delivery;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamWriter;

/**
 * {@code POST /v1/chat/completions}.
 *
 * @param nowSeconds since the epoch: when an answer was made whose provider does not say it
 */
public record OpenAiFront(long nowSeconds) implements Front {

  @Override
  public Dialect dialect() {
    return Dialect.OPENAI_CHAT;
  }

  @Override
  public ChatRequest readRequest(byte[] body) {
    return OpenAiRequestReader.read(body);
  }

  @Override
  public byte[] writeAnswer(ChatAnswer answer) {
    return Json.bytes(OpenAiAnswerWriter.write(answer, nowSeconds));
  }

  @Override
  public StreamWriter openStream(ChatRequest request) {
    boolean usage = request.delivery().form() == Delivery.Form.STREAM_WITH_USAGE;
    OpenAiChunks.Usage shown = usage ? OpenAiChunks.Usage.SHOWN : OpenAiChunks.Usage.LEFT_OUT;
    return new OpenAiStreamWriter(new OpenAiChunks(nowSeconds, shown, padding(request)));
  }

  /** On, where the client did not say otherwise. */
  private static OpenAiChunks.Padding padding(ChatRequest request) {
    JsonNode options = request.extras().fields().get("stream_options");
    JsonNode said = options == null ? null : options.get("include_obfuscation");
    boolean off = said != null && said.isBoolean() && !said.booleanValue();
    return off ? OpenAiChunks.Padding.OFF : OpenAiChunks.Padding.ON;
  }

  @Override
  public ErrorBody writeError(ModelError error) {
    return OpenAiErrors.write(error);
  }
}
