package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.RequestOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionChoice;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import io.warmgate.aisimulator.suite.ResponsesCases;
import io.warmgate.aisimulator.suite.ResponsesStreamCases;
import io.warmgate.aisimulator.suite.Target;
import io.warmgate.config.Model;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;

/** OpenAI's own SDK again, by its Responses and its Completions. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResponsesSdkTest {
  private final SimulatedGateway ofOpenAi = new SimulatedGateway(Model.Provider.OPENAI);
  private final SimulatedGateway ofAzure = new SimulatedGateway(Model.Provider.AZURE_OPENAI);

  private final SimulatedGateway ofMistral = new SimulatedGateway(Model.Provider.MISTRAL);
  private final SimulatedGateway ofBedrock = new SimulatedGateway(Model.Provider.BEDROCK);
  private final SimulatedGateway ofGemini = new SimulatedGateway(Model.Provider.GEMINI);

  @AfterAll
  void close() {
    ofOpenAi.close();
    ofAzure.close();
    ofGemini.close();
    ofMistral.close();
    ofBedrock.close();
  }

  interface Cases extends ResponsesCases, ResponsesStreamCases {
    SimulatedGateway gateway();

    @Override
    default Target target() {
      return gateway().target;
    }

    @Override
    default OpenAIClient openAi() {
      return gateway().openAi;
    }

    private CompletionCreateParams prompt() {
      return CompletionCreateParams.builder()
          .model(target().chatModel())
          .prompt("count 12")
          .maxTokens(5)
          .build();
    }

    default void refusal() {
      Response response =
          openAi()
              .responses()
              .create(
                  ResponseCreateParams.builder()
                      .model(target().chatModel())
                      .input("refuse this")
                      .build());
      assertThat(ResponsesCases.text(response)).isEqualTo("I cannot help with that.");
    }

    @Test
    default void completes() {
      CompletionChoice choice = openAi().completions().create(prompt()).choices().getFirst();
      assertThat(choice.text()).isEqualTo("1 2 3 4 5");
      assertThat(choice.finishReason().asString()).isEqualTo("length");
    }

    @Test
    default void completesPieceByPiece() {
      // OpenAI's own chunks have no reason until the last one, which the SDK's validation refuses.
      RequestOptions lenient = RequestOptions.builder().responseValidation(false).build();
      try (var streamed = openAi().completions().createStreaming(prompt(), lenient)) {
        assertThat(
                streamed.stream()
                    .map(Completion::choices)
                    .flatMap(choices -> choices.stream().map(CompletionChoice::text))
                    .collect(Collectors.joining()))
            .isEqualTo("1 2 3 4 5");
      }
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
  class Azure implements Cases {
    @Override
    public SimulatedGateway gateway() {
      return ofAzure;
    }
  }

  @Nested
  @Order(4)
  class AzureAgain extends Azure {}

  @Nested
  @Order(5)
  class Gemini implements Cases {
    /** There a refusal is what is said, and nothing else. */
    @Override
    @Test
    public void respondsWithARefusal() {
      refusal();
    }

    @Override
    public SimulatedGateway gateway() {
      return ofGemini;
    }
  }

  @Nested
  @Order(6)
  class GeminiAgain extends Gemini {}

  @Nested
  @Order(7)
  class Mistral implements Cases {
    /** There a refusal is what is said, and nothing else. */
    @Override
    @Test
    public void respondsWithARefusal() {
      refusal();
    }

    @Override
    public SimulatedGateway gateway() {
      return ofMistral;
    }
  }

  @Nested
  @Order(8)
  class MistralAgain extends Mistral {}

  @Nested
  @Order(9)
  class Bedrock implements Cases {
    /** There a refusal is what is said, and nothing else. */
    @Override
    @Test
    public void respondsWithARefusal() {
      refusal();
    }

    @Override
    public SimulatedGateway gateway() {
      return ofBedrock;
    }
  }

  @Nested
  @Order(10)
  class BedrockAgain extends Bedrock {}
}
