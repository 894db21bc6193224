package io.warmgate.ai.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.Extras;
import io.warmgate.ai.cache.InferenceKey;
import io.warmgate.ai.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddingBatchTest {
  private static final String MODEL = "m-1";
  private static final Extras NONE = Extras.none(Dialect.OPENAI_EMBEDDINGS);
  private static final Vector CAT = Vector.of(new float[] {1, 2});
  private static final Vector DOG = Vector.of(new float[] {3, 4});

  private static final EmbeddingInput CAT_TEXT = new EmbeddingInput.Text("cat");
  private static final EmbeddingInput DOG_TEXT = new EmbeddingInput.Text("dog");

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
  void whatIsThereTwiceIsOneItem() {
    EmbeddingBatch batch = batch("[\"dog\",\"cat\",\"dog\"]");
    assertThat(batch.inputs()).isEqualTo(3);
    assertThat(batch.items()).containsExactly(DOG_TEXT, CAT_TEXT);
    assertThat(batch.keys())
        .containsExactly(batch("\"dog\"").keys().getFirst(), batch("\"cat\"").keys().getFirst());
    assertThat(batch.only(List.of(1)).inputs()).containsExactly(CAT_TEXT);
    assertThat(batch.only(List.of(0, 1)).dimensions()).isNull();
  }

  private static EmbeddingAnswer one(String model, Vector vector, long tokens) {
    return new EmbeddingAnswer(model, List.of(vector), tokens, NONE);
  }

  @Test
  void joinedInTheClientsOrder() {
    EmbeddingBatch batch = batch("[\"dog\",\"cat\",\"dog\"]");
    EmbeddingAnswer whole = batch.joined(List.of(one("m", DOG, 2), one("m", CAT, 3))).orElseThrow();
    assertThat(whole).isEqualTo(new EmbeddingAnswer("m", List.of(DOG, CAT, DOG), 5, NONE));
  }

  @Test
  void vectorsOfTwoModelsAreNotMixed() {
    EmbeddingBatch batch = batch("[\"dog\",\"cat\"]");
    assertThat(batch.joined(List.of(one("m", DOG, 2), one("n", CAT, 3)))).isEmpty();
    Vector longer = Vector.of(new float[] {1, 2, 3});
    assertThat(batch.joined(List.of(one("m", DOG, 2), one("m", longer, 3)))).isEmpty();
    assertThatThrownBy(() -> batch.joined(List.of(one("m", DOG, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 answers for 2");
  }

  /** Whatever it is of, its parts are what it took, and each vector is its own text's. */
  @Test
  void apartAndJoinedAgain() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      ArrayNode input = Json.array();
      int items = 1 + random.nextInt(9);
      for (int i = 0; i < items; i++) {
        input.add("x".repeat(random.nextInt(40)) + random.nextInt(4));
      }
      EmbeddingBatch batch = batch(Json.string(input));
      EmbeddingRequest asked =
          batch.only(IntStream.range(0, batch.items().size()).boxed().toList());
      List<Vector> vectors =
          asked.inputs().stream()
              .map(text -> Vector.of(new float[] {text.hashCode(), random.nextFloat()}))
              .toList();
      Extras more = new Extras(Dialect.OPENAI_EMBEDDINGS, Map.of("id", Json.text("e" + round)));
      EmbeddingAnswer answer = new EmbeddingAnswer("m", vectors, random.nextInt(500), more);
      List<EmbeddingAnswer> apart = EmbeddingBatch.apart(asked, answer);
      assertThat(apart).hasSize(vectors.size());
      assertThat(apart.stream().mapToLong(EmbeddingAnswer::tokens).sum())
          .isEqualTo(answer.tokens());
      EmbeddingAnswer joined = batch.joined(apart).orElseThrow();
      assertThat(joined.tokens()).isEqualTo(answer.tokens());
      assertThat(joined.extras()).isEqualTo(more);
      for (int i = 0; i < items; i++) {
        int place = batch.items().indexOf(new EmbeddingInput.Text(input.get(i).textValue()));
        assertThat(joined.vectors().get(i)).isEqualTo(vectors.get(place));
      }
    }
  }

  @Test
  void tokensAreSharedByLength() {
    EmbeddingBatch batch = batch("[\"" + "a".repeat(40) + "\",\"" + "b".repeat(120) + "\"]");
    EmbeddingAnswer answer = new EmbeddingAnswer("m", List.of(CAT, DOG), 9, NONE);
    assertThat(EmbeddingBatch.apart(batch.only(List.of(0, 1)), answer))
        .extracting(EmbeddingAnswer::tokens)
        .containsExactly(2L, 7L);
  }

  private static EmbeddingBatch batch(String input) {
    String body = "{\"model\":\"m\",\"input\":" + input + "}";
    return new EmbeddingBatch(EmbeddingRequests.read(body.getBytes(StandardCharsets.UTF_8)), MODEL);
  }
}
