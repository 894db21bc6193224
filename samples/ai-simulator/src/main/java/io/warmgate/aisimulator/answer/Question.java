package io.warmgate.aisimulator.answer;

import java.util.List;
import java.util.OptionalInt;

/**
 * What is asked, whatever the dialect.
 *
 * @param transcript the whole conversation
 * @param tools what may be called
 * @param form of the answer
 * @param maxTokens after which the answer is cut off; empty for no bound
 * @param stops before the first of these the answer ends
 * @param thinking whether the model's thoughts are wanted too
 */
public record Question(
    Transcript transcript,
    Tools tools,
    Form form,
    OptionalInt maxTokens,
    List<String> stops,
    boolean thinking) {

  /** Tokens of what was asked. */
  public int inputTokens() {
    return transcript.tokens();
  }
}
