package io.warmgate.ai.embedding;

import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import java.util.List;

/**
 * Vectors of one length, in the order of the items.
 *
 * @param model that made them, by its resolved name; empty: not told
 * @param tokens of the items; 0: not told
 */
public record EmbeddingAnswer(String model, List<Vector> vectors, long tokens, Extras extras) {

  public EmbeddingAnswer {
    vectors = List.copyOf(vectors);
    Vector first = vectors.isEmpty() ? null : vectors.getFirst();
    for (Vector vector : vectors) {
      if (first != null && vector.base64().length() != first.base64().length()) {
        throw new TranslationException("data", "must be vectors of one length");
      }
    }
  }
}
