package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import org.junit.jupiter.api.Test;

/** The same of Messages; what is as OpenAI's is held there. */
interface MessagesOfMistral extends AnthropicSdkTest.CasesOfOpenAi {

  /** There a refusal is what is said, and nothing else. */
  @Override
  @Test
  default void mayRefuseToWrite() {
    Message message =
        anthropic()
            .messages()
            .create(
                MessageCreateParams.builder()
                    .model(target().chatModel())
                    .maxTokens(1000)
                    .addUserMessage("refuse this")
                    .build());
    assertThat(message.content().getFirst().asText().text()).isEqualTo("I cannot help with that.");
    assertThat(message.stopReason()).contains(StopReason.END_TURN);
  }
}
