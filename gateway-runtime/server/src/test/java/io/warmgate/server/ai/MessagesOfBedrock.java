package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.core.JsonValue;
import com.anthropic.errors.BadRequestException;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.ToolChoiceAuto;
import com.anthropic.models.messages.ToolChoiceNone;
import com.anthropic.models.messages.ToolUseBlock;
import io.warmgate.aisimulator.suite.MessageToolCases;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same of Messages; what is as OpenAI's is held there. */
interface MessagesOfBedrock extends AnthropicSdkTest.CasesOfOpenAi {

  private MessageCreateParams.Builder asks(String text) {
    return MessageCreateParams.builder()
        .model(target().chatModel())
        .maxTokens(1000)
        .addUserMessage(text);
  }

  /** Which of them came it does not say. */
  @Override
  @Test
  default void stopsWhereItMust() {
    Message cutOff = anthropic().messages().create(asks("count 100").maxTokens(3).build());
    assertThat(cutOff.stopReason()).contains(StopReason.MAX_TOKENS);
    Message stopped =
        anthropic().messages().create(asks("count 100").addStopSequence(" 5").build());
    assertThat(stopped.content().getFirst().asText().text()).isEqualTo("1 2 3 4");
    assertThat(stopped.stopReason()).contains(StopReason.STOP_SEQUENCE);
    assertThat(stopped.stopSequence()).isEmpty();
  }

  @Override
  @Test
  default void refusesATemperatureOutOfRange() {
    BadRequestException error =
        catchThrowableOfType(
            BadRequestException.class,
            () ->
                anthropic()
                    .messages()
                    .create(
                        asks("hello")
                            .putAdditionalBodyProperty("temperature", JsonValue.from(1.5))
                            .build()));
    assertThat(error.body().toString()).contains("invalid_request_error", "temperature");
  }

  /** There a refusal is what is said, and nothing else. */
  @Override
  @Test
  default void mayRefuseToWrite() {
    Message message = anthropic().messages().create(asks("refuse this").build());
    assertThat(message.content().getFirst().asText().text()).isEqualTo("I cannot help with that.");
    assertThat(message.stopReason()).contains(StopReason.END_TURN);
  }

  private List<String> called(MessageCreateParams.Builder request) {
    return anthropic()
        .messages()
        .create(MessageToolCases.withTools(request).build())
        .content()
        .stream()
        .flatMap(block -> block.toolUse().stream())
        .map(ToolUseBlock::name)
        .toList();
  }

  /** All but one thing: that there be one call at a time it cannot be told. */
  @Override
  @Test
  default void usesToolsAsItIsTold() {
    assertThat(called(asks("say hello"))).isEmpty();
    assertThat(called(asks("say hello").toolChoice(ToolChoiceAny.builder().build()))).hasSize(1);
    assertThat(called(asks("get_weather").toolChoice(ToolChoiceNone.builder().build()))).isEmpty();
    assertThat(called(asks("say hello").toolToolChoice("get_time"))).containsExactly("get_time");
    ToolChoiceAuto one = ToolChoiceAuto.builder().disableParallelToolUse(true).build();
    BadRequestException error =
        catchThrowableOfType(
            BadRequestException.class, () -> called(asks("get_weather").toolChoice(one)));
    assertThat(error.body().toString()).contains("parallel_tool_calls");
  }
}
