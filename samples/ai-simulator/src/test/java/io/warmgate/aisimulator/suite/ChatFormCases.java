package io.warmgate.aisimulator.suite;

import static io.warmgate.aisimulator.suite.Chats.asking;
import static io.warmgate.aisimulator.suite.Chats.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.JsonValue;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionTokenLogprob;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Answers in a form that is asked for: JSON, several choices, probabilities, a seed. */
public interface ChatFormCases extends OpenAiTarget {
  /**
   * What is asked for as a class.
   *
   * @param city any
   * @param degrees any
   */
  record Weather(String city, int degrees) {}

  @Test
  default void answersByASchema() throws Exception {
    var schema = ResponseFormatJsonSchema.JsonSchema.Schema.builder();
    Schemas.weather()
        .forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
    ChatCompletion completion =
        openAi()
            .chat()
            .completions()
            .create(
                asking(target().chatModel(), "the weather in Paris")
                    .jsonSchemaResponseFormat(
                        ResponseFormatJsonSchema.JsonSchema.builder()
                            .name("weather")
                            .schema(schema.build())
                            .strict(true)
                            .build())
                    .build());

    JsonNode answer = JsonMapper.builder().build().readTree(text(completion));
    assertThat(answer.path("city").asText()).isEqualTo("Paris");
    assertThat(answer.path("unit").asText()).isIn("celsius", "kelvin");
  }

  @Test
  default void answersWithAnObjectOfAClass() {
    Weather weather =
        openAi()
            .chat()
            .completions()
            .create(
                asking(target().chatModel(), "the weather in Oslo")
                    .responseFormat(Weather.class)
                    .build())
            .choices()
            .getFirst()
            .message()
            .content()
            .orElseThrow();

    assertThat(weather.city()).isEqualTo("Oslo");
  }

  @Test
  default void answersWithAnyObject() throws Exception {
    String answer =
        text(
            openAi()
                .chat()
                .completions()
                .create(
                    asking(target().chatModel(), "say it in JSON")
                        .responseFormat(ResponseFormatJsonObject.builder().build())
                        .build()));

    assertThat(JsonMapper.builder().build().readTree(answer).path("answer").asText())
        .isEqualTo("it in JSON");
  }

  @Test
  default void answersSeveralTimes() {
    var choices =
        openAi()
            .chat()
            .completions()
            .create(asking(target().chatModel(), "say hello").n(2).build())
            .choices();

    assertThat(choices)
        .extracting(choice -> choice.message().content().orElseThrow())
        .containsExactly("hello", "hello #1");
    assertThat(choices).extracting(ChatCompletion.Choice::index).containsExactly(0L, 1L);
  }

  @Test
  default void tellsProbabilities() {
    var choice =
        openAi()
            .chat()
            .completions()
            .create(
                asking(target().chatModel(), "say hello my friend")
                    .logprobs(true)
                    .topLogprobs(2)
                    .build())
            .choices()
            .getFirst();

    var tokens = choice.logprobs().orElseThrow().content().orElseThrow();
    assertThat(tokens.stream().map(ChatCompletionTokenLogprob::token).collect(Collectors.joining()))
        .isEqualTo("hello my friend");
    assertThat(tokens.getFirst().topLogprobs()).hasSize(2);
  }

  @Test
  @SuppressWarnings("deprecation") // and still what users send, and what providers answer
  default void namesWhatAnsweredForASeed() {
    ChatCompletion completion =
        openAi()
            .chat()
            .completions()
            .create(asking(target().chatModel(), "say hello").seed(7).temperature(0.5).build());

    assertThat(completion.systemFingerprint()).contains("fp_1");
  }
}
