package io.warmgate.aisimulator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.errors.NotFoundException;
import com.openai.models.models.Model;
import org.junit.jupiter.api.Test;

/** The list of models. */
public interface ModelCases extends OpenAiTarget {
  @Test
  default void listsModels() {
    assertThat(openAi().models().list().data())
        .extracting(Model::id)
        .contains(target().chatModel(), target().embeddingModel());
  }

  @Test
  default void describesOneModel() {
    assertThat(openAi().models().retrieve(target().chatModel()).id())
        .isEqualTo(target().chatModel());
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> openAi().models().retrieve("no-such-model"));
  }
}
