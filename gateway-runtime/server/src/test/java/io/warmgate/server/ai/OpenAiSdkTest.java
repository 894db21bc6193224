package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.warmgate.aisimulator.suite.ChatCases;
import io.warmgate.aisimulator.suite.ChatFormCases;
import io.warmgate.aisimulator.suite.ChatStreamCases;
import io.warmgate.aisimulator.suite.ChatToolCases;
import io.warmgate.aisimulator.suite.EmbeddingCases;
import io.warmgate.aisimulator.suite.ModelCases;
import io.warmgate.aisimulator.suite.OpenAiErrorCases;
import io.warmgate.aisimulator.suite.Target;
import io.warmgate.config.Model;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;

/**
 * What OpenAI's own SDK sees of the simulator it sees through a gateway, whichever provider is
 * behind it: once, and again when answers are there already.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiSdkTest {
  private final SimulatedGateway ofOpenAi = new SimulatedGateway(Model.Provider.OPENAI);
  private final SimulatedGateway compatible =
      new SimulatedGateway(Model.Provider.OPENAI_COMPATIBLE);
  private final SimulatedGateway ofAzure = new SimulatedGateway(Model.Provider.AZURE_OPENAI);
  private final SimulatedGateway ofMistral = new SimulatedGateway(Model.Provider.MISTRAL);
  private final SimulatedGateway ofGemini = new SimulatedGateway(Model.Provider.GEMINI);
  private final SimulatedGateway ofBedrock = new SimulatedGateway(Model.Provider.BEDROCK);
  private final SimulatedGateway ofAnthropic = new SimulatedGateway(Model.Provider.ANTHROPIC);

  @AfterAll
  void close() {
    assertThat(ofOpenAi.hits()).isGreaterThan(20);
    assertThat(compatible.hits()).isGreaterThan(20);
    assertThat(ofAzure.hits()).isGreaterThan(20);
    assertThat(ofMistral.hits()).isGreaterThan(20);
    assertThat(ofGemini.hits()).isGreaterThan(20);
    assertThat(ofBedrock.hits()).isGreaterThan(20);
    assertThat(ofAnthropic.hits()).isGreaterThan(20);
    ofOpenAi.close();
    compatible.close();
    ofAzure.close();
    ofGemini.close();
    ofMistral.close();
    ofBedrock.close();
    ofAnthropic.close();
  }

  /** All that the SDK is used for. */
  interface Cases
      extends ChatCases,
          ChatFormCases,
          ChatStreamCases,
          ChatToolCases,
          OpenAiErrorCases,
          EmbeddingCases,
          ModelCases {
    SimulatedGateway gateway();

    @Override
    default Target target() {
      return gateway().target;
    }

    @Override
    default OpenAIClient openAi() {
      return gateway().openAi;
    }
  }

  /** What Anthropic's dialect has no word for is refused, by its name. */
  interface CasesOfAnthropic extends Cases {
    private ChatCompletionCreateParams.Builder hello() {
      return ChatCompletionCreateParams.builder()
          .model(target().chatModel())
          .addUserMessage("say hello");
    }

    private void refused(String field, ChatCompletionCreateParams.Builder asked) {
      BadRequestException error =
          catchThrowableOfType(
              BadRequestException.class, () -> openAi().chat().completions().create(asked.build()));
      assertThat(error.param()).contains(field);
    }

    @Override
    @Test
    default void answersSeveralTimes() {
      refused("n", hello().n(2));
    }

    @Override
    @Test
    default void answersWithAnyObject() {
      refused(
          "response_format.type (json_object)",
          hello().responseFormat(ResponseFormatJsonObject.builder().build()));
    }

    /** There a refusal is what is said, and why it ended. */
    @Override
    @Test
    default void mayRefuse() {
      var choice = refusal(openAi().chat().completions().create(refusing()));
      assertThat(choice.message().content()).contains("I cannot help with that.");
    }

    @Override
    @Test
    default void streamsRefusals() {
      var whole = ChatCompletionAccumulator.create();
      try (var response = openAi().chat().completions().createStreaming(refusing())) {
        response.stream().forEach(whole::accumulate);
      }
      refusal(whole.chatCompletion());
    }

    private ChatCompletionCreateParams refusing() {
      return ChatCompletionCreateParams.builder()
          .model(target().chatModel())
          .addUserMessage("refuse this")
          .build();
    }

    private static ChatCompletion.Choice refusal(ChatCompletion completion) {
      ChatCompletion.Choice choice = completion.choices().getFirst();
      assertThat(choice.finishReason())
          .isEqualTo(ChatCompletion.Choice.FinishReason.CONTENT_FILTER);
      return choice;
    }

    @Override
    @Test
    default void tellsProbabilities() {
      refused("logprobs", hello().logprobs(true));
    }

    @Override
    @Test
    @SuppressWarnings("deprecation") // and still what users send
    default void namesWhatAnsweredForASeed() {
      refused("seed", hello().seed(7));
    }
  }

  @Nested
  @Order(1)
  class OpenAi implements Cases {
    @Override
    public SimulatedGateway gateway() {
      return ofOpenAi;
    }
  }

  @Nested
  @Order(2)
  class OpenAiAgain extends OpenAi {}

  @Nested
  @Order(3)
  class Compatible implements Cases {
    @Override
    public SimulatedGateway gateway() {
      return compatible;
    }
  }

  @Nested
  @Order(4)
  class CompatibleAgain extends Compatible {}

  @Nested
  @Order(5)
  class Anthropic implements CasesOfAnthropic {
    @Override
    public SimulatedGateway gateway() {
      return ofAnthropic;
    }
  }

  @Nested
  @Order(6)
  class AnthropicAgain extends Anthropic {}

  @Nested
  @Order(7)
  class Azure implements Cases {
    @Override
    public SimulatedGateway gateway() {
      return ofAzure;
    }
  }

  @Nested
  @Order(8)
  class AzureAgain extends Azure {}

  @Nested
  @Order(9)
  class Gemini implements CasesOfGemini {
    @Override
    public SimulatedGateway gateway() {
      return ofGemini;
    }
  }

  @Nested
  @Order(10)
  class GeminiAgain extends Gemini {}

  @Nested
  @Order(11)
  class Mistral implements CasesOfMistral {
    @Override
    public SimulatedGateway gateway() {
      return ofMistral;
    }
  }

  @Nested
  @Order(12)
  class MistralAgain extends Mistral {}

  @Nested
  @Order(13)
  class Bedrock implements CasesOfBedrock {
    @Override
    public SimulatedGateway gateway() {
      return ofBedrock;
    }
  }

  @Nested
  @Order(14)
  class BedrockAgain extends Bedrock {}
}
