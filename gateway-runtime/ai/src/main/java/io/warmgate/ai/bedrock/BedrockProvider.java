package io.warmgate.ai.bedrock;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Provider;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.FrameLoop;
import io.warmgate.ai.stream.StreamReader;

/**
 * Amazon Bedrock. Which model is asked, and whether for a stream, its URL says.
 *
 * @param model that is asked: no answer says it
 */
public record BedrockProvider(String model) implements Provider {

  @Override
  public Dialect dialect() {
    return Dialect.BEDROCK_CONVERSE;
  }

  @Override
  public byte[] writeRequest(ChatRequest request) {
    return Json.bytes(BedrockRequestWriter.write(request));
  }

  /** Of a body that {@link ConverseHead#answered} has made whole. */
  @Override
  public Outcome readAnswer(byte[] body) {
    return BedrockAnswerReader.read(body, model);
  }

  /** Of what {@link ConverseEvents} make of a stream. */
  @Override
  public StreamReader openStream() {
    return new FrameLoop(new BedrockStreamReader(model), "its metadata");
  }

  /** Of a body that {@link ConverseHead#failed} has made whole. */
  @Override
  public ModelError readError(int status, byte[] body) {
    return BedrockErrors.read(status, body);
  }
}
