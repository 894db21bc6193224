package io.warmgate.ai.embedding;

import io.warmgate.ai.chat.TokenGuess;
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

  /** About how many tokens it has. */
  default long guessedTokens() {
    return switch (this) {
      case Text(String text) -> TokenGuess.ofText(text.length());
      case Tokens(List<Long> numbers) -> numbers.size();
    };
  }
}
