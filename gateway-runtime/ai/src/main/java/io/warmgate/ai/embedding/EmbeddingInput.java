package io.warmgate.ai.embedding;

import java.util.List;

/** One item. */
public sealed interface EmbeddingInput {
  record Text(String text) implements EmbeddingInput {}

  /** Numbers of the model's own vocabulary. */
  record Tokens(List<Long> tokens) implements EmbeddingInput {
    public Tokens {
      tokens = List.copyOf(tokens);
    }
  }
}
