package io.warmgate.server.ai;

import static io.warmgate.aisimulator.suite.Chats.asking;
import static io.warmgate.aisimulator.suite.Chats.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.warmgate.aisimulator.suite.ChatToolCases;
import org.junit.jupiter.api.Test;

/** What Bedrock has no word for is refused, by its name. */
interface CasesOfBedrock extends OpenAiSdkTest.Cases {

  private void refused(String field, ChatCompletionCreateParams.Builder asked) {
    BadRequestException error =
        catchThrowableOfType(
            BadRequestException.class, () -> openAi().chat().completions().create(asked.build()));
    assertThat(error.param()).contains(field);
  }

  @Override
  @Test
  default void answersSeveralTimes() {
    refused("n", asking(target().chatModel(), "say hello").n(2));
  }

  @Override
  @Test
  default void tellsProbabilities() {
    refused("logprobs", asking(target().chatModel(), "say hello").logprobs(true));
  }

  @Override
  @Test
  default void callsOneToolWhereOneIsAllowed() {
    refused(
        "parallel_tool_calls",
        ChatToolCases.withTools(asking(target().chatModel(), "get_weather"))
            .parallelToolCalls(false));
  }

  @Override
  @Test
  default void answersWithAnyObject() {
    refused(
        "response_format.type (json_object)",
        asking(target().chatModel(), "say hello")
            .responseFormat(ResponseFormatJsonObject.builder().build()));
  }

  @Override
  @Test
  @SuppressWarnings("deprecation") // and still what users send
  default void namesWhatAnsweredForASeed() {
    refused("seed", asking(target().chatModel(), "say hello").seed(7));
  }

  /** There a refusal is what is said, and nothing else. */
  @Override
  @Test
  default void mayRefuse() {
    ChatCompletionCreateParams asked = asking(target().chatModel(), "refuse this").build();
    refusal(openAi().chat().completions().create(asked));
  }

  @Override
  @Test
  default void streamsRefusals() {
    var whole = ChatCompletionAccumulator.create();
    ChatCompletionCreateParams asked = asking(target().chatModel(), "refuse this").build();
    try (var response = openAi().chat().completions().createStreaming(asked)) {
      response.stream().forEach(whole::accumulate);
    }
    refusal(whole.chatCompletion());
  }

  private static void refusal(ChatCompletion completion) {
    assertThat(text(completion)).isEqualTo("I cannot help with that.");
    assertThat(completion.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
  }
}
