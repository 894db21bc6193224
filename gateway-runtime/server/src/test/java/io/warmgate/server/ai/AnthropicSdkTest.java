package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.BadRequestException;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import io.warmgate.aisimulator.suite.AnthropicErrorCases;
import io.warmgate.aisimulator.suite.MessageCases;
import io.warmgate.aisimulator.suite.MessageStreamCases;
import io.warmgate.aisimulator.suite.MessageToolCases;
import io.warmgate.aisimulator.suite.Target;
import io.warmgate.config.Model;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;

/** The same of Anthropic's own SDK. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnthropicSdkTest {
  private final SimulatedGateway ofOpenAi = new SimulatedGateway(Model.Provider.OPENAI);
  private final SimulatedGateway ofAzure = new SimulatedGateway(Model.Provider.AZURE_OPENAI);
  private final SimulatedGateway ofMistral = new SimulatedGateway(Model.Provider.MISTRAL);
  private final SimulatedGateway ofGemini = new SimulatedGateway(Model.Provider.GEMINI);
  private final SimulatedGateway ofBedrock = new SimulatedGateway(Model.Provider.BEDROCK);
  private final SimulatedGateway ofAnthropic = new SimulatedGateway(Model.Provider.ANTHROPIC);

  @AfterAll
  void close() {
    assertThat(ofOpenAi.hits()).isGreaterThan(10);
    assertThat(ofAzure.hits()).isGreaterThan(10);
    assertThat(ofMistral.hits()).isGreaterThan(10);
    assertThat(ofGemini.hits()).isGreaterThan(10);
    assertThat(ofBedrock.hits()).isGreaterThan(10);
    assertThat(ofAnthropic.hits()).isGreaterThan(10);
    ofOpenAi.close();
    ofAzure.close();
    ofGemini.close();
    ofMistral.close();
    ofBedrock.close();
    ofAnthropic.close();
  }

  /** All that the SDK is used for. */
  interface Cases extends MessageCases, MessageStreamCases, MessageToolCases, AnthropicErrorCases {
    SimulatedGateway gateway();

    @Override
    default Target target() {
      return gateway().target;
    }

    @Override
    default AnthropicClient anthropic() {
      return gateway().anthropic;
    }
  }

  /** OpenAI's does not say which text ended an answer; thoughts are refused, by their name. */
  interface CasesOfOpenAi extends Cases {
    private MessageCreateParams.Builder asking(String text) {
      return MessageCreateParams.builder()
          .model(target().chatModel())
          .maxTokens(5000)
          .addUserMessage(text);
    }

    @Override
    @Test
    default void stopsWhereItMust() {
      Message cutOff = anthropic().messages().create(asking("count 100").maxTokens(3).build());
      assertThat(cutOff.stopReason()).contains(StopReason.MAX_TOKENS);
      Message stopped =
          anthropic().messages().create(asking("count 100").addStopSequence(" 5").build());
      assertThat(stopped.content().getFirst().asText().text()).isEqualTo("1 2 3 4");
      assertThat(stopped.stopReason()).contains(StopReason.END_TURN);
    }

    @Override
    @Test
    default void writesItsThoughtsAndTakesThemBack() {
      BadRequestException error =
          catchThrowableOfType(
              BadRequestException.class,
              () -> anthropic().messages().create(asking("why?").enabledThinking(2000).build()));
      assertThat(error.body().toString()).contains("thinking");
    }

    /** To 2 it goes there. */
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
                          asking("hello")
                              .putAdditionalBodyProperty("temperature", JsonValue.from(3))
                              .build()));
      assertThat(error.body().toString()).contains("invalid_request_error", "temperature");
    }

    @Override
    @Test
    default void streamsThoughts() {
      assertThatExceptionOfType(BadRequestException.class)
          .isThrownBy(
              () ->
                  anthropic()
                      .messages()
                      .createStreaming(asking("why?").enabledThinking(2000).build())
                      .close());
    }
  }

  @Nested
  @Order(1)
  class Anthropic implements Cases {
    @Override
    public SimulatedGateway gateway() {
      return ofAnthropic;
    }
  }

  @Nested
  @Order(2)
  class AnthropicAgain extends Anthropic {}

  @Nested
  @Order(3)
  class OpenAi implements CasesOfOpenAi {
    @Override
    public SimulatedGateway gateway() {
      return ofOpenAi;
    }
  }

  @Nested
  @Order(4)
  class OpenAiAgain extends OpenAi {}

  @Nested
  @Order(5)
  class Azure implements CasesOfOpenAi {
    @Override
    public SimulatedGateway gateway() {
      return ofAzure;
    }
  }

  @Nested
  @Order(6)
  class AzureAgain extends Azure {}

  @Nested
  @Order(7)
  class Gemini implements MessagesOfGemini {
    @Override
    public SimulatedGateway gateway() {
      return ofGemini;
    }
  }

  @Nested
  @Order(8)
  class GeminiAgain extends Gemini {}

  @Nested
  @Order(9)
  class Mistral implements MessagesOfMistral {
    @Override
    public SimulatedGateway gateway() {
      return ofMistral;
    }
  }

  @Nested
  @Order(10)
  class MistralAgain extends Mistral {}

  @Nested
  @Order(11)
  class Bedrock implements MessagesOfBedrock {
    @Override
    public SimulatedGateway gateway() {
      return ofBedrock;
    }
  }

  @Nested
  @Order(12)
  class BedrockAgain extends Bedrock {}
}
