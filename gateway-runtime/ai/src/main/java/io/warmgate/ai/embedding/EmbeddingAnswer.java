package io.warmgate.ai.embedding;

import io.warmgate.ai.Extras;
import java.util.List;

/**
 * Vectors, in the order of the items.
 *
 * @param model that made them, by its resolved name; empty: not told
 * @param tokens of the items; 0: not told
 */
public record EmbeddingAnswer(String model, List<Vector> vectors, long tokens, Extras extras) {

  public EmbeddingAnswer {
    vectors = List.copyOf(vectors);
  }
}
