package io.warmgate.aisimulator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Embeddings. */
public interface EmbeddingCases extends OpenAiTarget {
  @Test
  default void embedsATextAsAVectorOfLengthOne() {
    var response = embed(request().input("a text"));

    double length =
        Math.sqrt(response.data().getFirst().embedding().stream().mapToDouble(v -> v * v).sum());
    assertThat(length).isCloseTo(1, within(1e-5));
    assertThat(response.usage().promptTokens()).isEqualTo(2);
    assertThat(response.model()).isEqualTo(target().embeddingModel());
  }

  @Test
  default void embedsEachTextByItself() {
    var together = embed(request().inputOfArrayOfStrings(List.of("one", "two"))).data();

    assertThat(together).extracting(Embedding::index).containsExactly(0L, 1L);
    assertThat(together.get(1).embedding())
        .isEqualTo(embed(request().input("two")).data().getFirst().embedding())
        .isNotEqualTo(together.get(0).embedding());
  }

  /** Behind a gateway some of them are known by now, and one is asked for twice. */
  @Test
  default void embedsWhatIsKnownAmongWhatIsNot() {
    List<Embedding> known =
        embed(request().inputOfArrayOfStrings(List.of("one", "two", "three"))).data();
    var response =
        embed(request().inputOfArrayOfStrings(List.of("four", "three", "four", "one", "five")));
    List<Embedding> mixed = response.data();

    assertThat(response.model()).isEqualTo(target().embeddingModel());
    assertThat(mixed).extracting(Embedding::index).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(mixed.get(1).embedding()).isEqualTo(known.get(2).embedding());
    assertThat(mixed.get(3).embedding()).isEqualTo(known.get(0).embedding());
    assertThat(mixed.get(0).embedding())
        .isEqualTo(mixed.get(2).embedding())
        .isEqualTo(embed(request().input("four")).data().getFirst().embedding())
        .isNotEqualTo(mixed.get(4).embedding());
  }

  @Test
  default void embedsTheSameInBothEncodings() {
    var format = EmbeddingCreateParams.EncodingFormat.BASE64;
    List<Float> floats = vector(EmbeddingCreateParams.EncodingFormat.FLOAT);

    assertThat(vector(format)).isEqualTo(floats);
  }

  private List<Float> vector(EmbeddingCreateParams.EncodingFormat format) {
    return embed(request().input("a text").encodingFormat(format)).data().getFirst().embedding();
  }

  @Test
  default void embedsInAsManyDimensionsAsAreAskedFor() {
    assertThat(embed(request().input("a text").dimensions(5)).data().getFirst().embedding())
        .hasSize(5);
  }

  @Test
  default void embedsTokens() {
    assertThat(embed(request().inputOfArrayOfTokens(List.of(1L, 2L))).data()).hasSize(1);
    assertThat(embed(request().inputOfArrayOfTokenArrays(List.of(List.of(1L), List.of(2L)))).data())
        .hasSize(2);
  }

  private EmbeddingCreateParams.Builder request() {
    return EmbeddingCreateParams.builder().model(target().embeddingModel());
  }

  private CreateEmbeddingResponse embed(EmbeddingCreateParams.Builder request) {
    return openAi().embeddings().create(request.build());
  }
}
