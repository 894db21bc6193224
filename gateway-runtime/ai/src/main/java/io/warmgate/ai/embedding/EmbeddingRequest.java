package io.warmgate.ai.embedding;

import io.warmgate.ai.Extras;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become vectors.
 *
 * @param model as the client calls it
 * @param inputs at least one
 * @param dimensions of the vectors; null: as many as the model has
 */
public record EmbeddingRequest(
    String model,
    List<EmbeddingInput> inputs,
    Encoding encoding,
    @Nullable Long dimensions,
    @Nullable String user,
    Extras extras) {

  /** How vectors are written: no vector depends on it. */
  public enum Encoding {
    FLOAT,
    /** What OpenAI's own libraries ask for. */
    BASE64
  }

  public EmbeddingRequest {
    inputs = List.copyOf(inputs);
  }

  /** About how many tokens the items have. */
  public long guessedTokens() {
    return inputs.stream().mapToLong(EmbeddingInput::guessedTokens).sum();
  }

  /** The same of a model of another name. */
  public EmbeddingRequest withModel(String other) {
    return new EmbeddingRequest(other, inputs, encoding, dimensions, user, extras);
  }

  /** The same of other items. */
  EmbeddingRequest of(List<EmbeddingInput> others) {
    return new EmbeddingRequest(model, others, encoding, dimensions, user, extras);
  }
}
