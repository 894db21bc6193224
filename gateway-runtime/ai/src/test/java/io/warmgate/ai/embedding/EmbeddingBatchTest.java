package io.warmgate.ai.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import io.warmgate.ai.cache.InferenceKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddingBatchTest {
  private static final String MODEL = "m-1";
  private static final Extras NONE = Extras.none(Dialect.OPENAI_EMBEDDINGS);
  private static final Vector CAT = Vector.of(new float[] {1, 2});
  private static final Vector DOG = Vector.of(new float[] {3, 4});

  @Test
  void anItemIsOneKeyWhereverItStands() {
    InferenceKey cat = batch("\"cat\"").keys().getFirst();
    assertThat(batch("[\"dog\",\"cat\"]").keys().getLast()).isEqualTo(cat);
    assertThat(batch("\"cat\",\"encoding_format\":\"base64\",\"user\":\"u\"").keys())
        .containsExactly(cat);
    assertThat(batch("\"cat\",\"dimensions\":2").keys()).doesNotContain(cat);
    assertThat(batch("\"cat\",\"input_type\":\"query\"").keys()).doesNotContain(cat);
    assertThat(batch("\"cats\"").keys()).doesNotContain(cat);
  }

  @Test
  void tokensAreNoText() {
    assertThat(batch("[1,2]").keys()).hasSize(1).isEqualTo(batch("[[1,2]]").keys());
    assertThat(batch("[[1,2],[12]]").keys()).doesNotHaveDuplicates();
    assertThat(batch("\"[1,2]\"").keys()).isNotEqualTo(batch("[1,2]").keys());
  }

  @Test
  void onlyWhatIsMissingIsAskedForAndOnce() {
    EmbeddingBatch batch = batch("[\"dog\",\"cat\",\"dog\"]");
    Map<InferenceKey, Vector> known = new HashMap<>();
    known.put(batch("\"cat\"").keys().getFirst(), CAT);
    EmbeddingRequest missing = batch.missing(known).orElseThrow();
    assertThat(missing.inputs()).containsExactly(new EmbeddingInput.Text("dog"));

    known.putAll(batch.learned(known, new EmbeddingAnswer("m", List.of(DOG), 1, NONE)));
    assertThat(batch.missing(known)).isEmpty();
    assertThat(batch.complete(known, "m", 1, NONE).vectors()).containsExactly(DOG, CAT, DOG);
  }

  @Test
  void anAnswerOfAnotherNumberOfVectorsIsNone() {
    EmbeddingBatch batch = batch("[\"dog\",\"cat\"]");
    EmbeddingAnswer one = new EmbeddingAnswer("m", List.of(DOG), 1, NONE);
    assertThatThrownBy(() -> batch.learned(Map.of(), one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 vectors for 2 items");
    assertThatThrownBy(() -> batch.complete(Map.of(), "m", 1, NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no vector for");
  }

  private static EmbeddingBatch batch(String input) {
    String body = "{\"model\":\"m\",\"input\":" + input + "}";
    return new EmbeddingBatch(EmbeddingRequests.read(body.getBytes(StandardCharsets.UTF_8)), MODEL);
  }
}
