package io.warmgate.ai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Front;
import io.warmgate.ai.chat.ChatAnswer;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.StreamWriter;

/**
 * {@code POST /v1/responses}.
 *
 * @param nowSeconds since the epoch: when an answer was made whose provider does not say it
 */
public record ResponsesFront(long nowSeconds) implements Front {

  @Override
  public Dialect dialect() {
    return Dialect.OPENAI_RESPONSES;
  }

  @Override
  public ChatRequest readRequest(byte[] body) {
    return ResponsesRequestReader.read(body);
  }

  @Override
  public byte[] writeAnswer(ChatAnswer answer) {
    return writeAnswer(answer, ResponsesRequestReader.nothing(answer.id().model()));
  }

  @Override
  public byte[] writeAnswer(ChatAnswer answer, ChatRequest asked) {
    return Json.bytes(ResponsesAnswerWriter.write(answer, asked, nowSeconds));
  }

  @Override
  public StreamWriter openStream(ChatRequest asked) {
    return new ResponsesStreamWriter(asked, nowSeconds, new ResponsesFrames(padding(asked)));
  }

  /** {@code stream_options.include_obfuscation}: on, where the client did not say otherwise. */
  private static ResponsesFrames.Padding padding(ChatRequest asked) {
    JsonNode options = asked.extras().fields().get("stream_options");
    JsonNode said = options == null ? null : options.get("include_obfuscation");
    boolean off = said != null && said.isBoolean() && !said.booleanValue();
    return off ? ResponsesFrames.Padding.OFF : ResponsesFrames.Padding.ON;
  }

  @Override
  public ErrorBody writeError(ModelError error) {
    return ResponsesErrors.write(error);
  }
}
