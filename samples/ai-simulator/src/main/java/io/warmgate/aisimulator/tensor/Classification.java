package io.warmgate.aisimulator.tensor;

import io.warmgate.aisimulator.answer.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the classifier sees: a function of the content's digest and of the model's name and version.
 *
 * @param label the likeliest
 * @param scores of all {@link #LABELS}; together 1
 */
record Classification(String label, List<Float> scores) {
  static final List<String> LABELS = List.of("bird", "boat", "cat", "dog", "tree");

  /** Looks at one picture or tensor. */
  static Classification of(byte[] content, String model, String version) {
    String seen = Digest.brief(content) + " by " + model + " version " + version;
    byte[] digest = Digest.of(seen.getBytes(StandardCharsets.UTF_8));
    int[] weights = IntStream.range(0, LABELS.size()).map(i -> 1 + (digest[i] & 0xff)).toArray();
    int sum = IntStream.of(weights).sum();
    int best =
        IntStream.range(0, weights.length)
            .reduce((a, b) -> weights[b] > weights[a] ? b : a)
            .orElseThrow();
    return new Classification(
        LABELS.get(best), IntStream.of(weights).mapToObj(weight -> (float) weight / sum).toList());
  }
}
