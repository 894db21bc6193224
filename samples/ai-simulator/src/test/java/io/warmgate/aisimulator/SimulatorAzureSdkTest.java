package io.warmgate.aisimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.warmgate.aisimulator.suite.ChatCases;
import io.warmgate.aisimulator.suite.ChatFormCases;
import io.warmgate.aisimulator.suite.ChatToolCases;
import io.warmgate.aisimulator.suite.EmbeddingCases;
import io.warmgate.aisimulator.suite.ModelCases;
import io.warmgate.aisimulator.suite.Target;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** OpenAI's own SDK asks the simulator as it asks Azure's v1 API, with Azure's field for keys. */
@SuppressWarnings("deprecation") // the only way to fields that the SDK does not know
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SimulatorAzureSdkTest
    implements ChatCases, ChatFormCases, ChatToolCases, EmbeddingCases, ModelCases {
  private final AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests());
  private final OpenAIClient client = client(true);

  private OpenAIClient client(boolean validating) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(simulator.url() + "/openai/v1")
        .credential(AzureApiKeyCredential.create(SimulatorOptions.DEFAULT_KEY))
        .azureUrlPathMode(AzureUrlPathMode.UNIFIED)
        .responseValidation(validating)
        .maxRetries(0)
        .build();
  }

  @Override
  public Target target() {
    return Target.at(simulator.url(), SimulatorOptions.DEFAULT_KEY);
  }

  @Override
  public OpenAIClient openAi() {
    return client;
  }

  @AfterAll
  void stop() {
    client.close();
    simulator.close();
  }

  private static ChatCompletionCreateParams asking(String text) {
    return ChatCompletionCreateParams.builder().model("sim-1").addUserMessage(text).build();
  }

  /** The SDK's validation does not let Azure's first chunk through: it has no id, and no object. */
  @Test
  void streamsBeginWithTheVerdictOnTheQuestion() {
    OpenAIClient lenient = client(false);
    try (StreamResponse<ChatCompletionChunk> response =
        lenient.chat().completions().createStreaming(asking("count 3"))) {
      List<ChatCompletionChunk> chunks = response.stream().toList();
      assertThat(chunks.getFirst().choices()).isEmpty();
      assertThat(chunks.getFirst()._additionalProperties()).containsKey("prompt_filter_results");
      assertThat(chunks.get(2).choices().getFirst()._additionalProperties())
          .containsKey("content_filter_results");
    } finally {
      lenient.close();
    }
  }

  @Test
  void questionsMayBeBlocked() {
    BadRequestException blocked =
        catchThrowableOfType(
            BadRequestException.class,
            () -> client.chat().completions().create(asking("block this")));
    assertThat(blocked.code()).contains("content_filter");
    assertThat(blocked.body().toString()).contains("ResponsibleAIPolicyViolation", "violence");
  }

  @Test
  void answersMayBeCut() {
    var choice = client.chat().completions().create(asking("filter this")).choices().getFirst();
    assertThat(choice.finishReason().asString()).isEqualTo("content_filter");
    assertThat(choice._additionalProperties().toString()).contains("filtered=true");
  }

  @Test
  void deploymentsMayNotBeThere() {
    NotFoundException missing =
        catchThrowableOfType(
            NotFoundException.class,
            () ->
                client
                    .chat()
                    .completions()
                    .create(
                        ChatCompletionCreateParams.builder()
                            .model("none")
                            .addUserMessage("hello")
                            .build()));
    assertThat(missing.code()).contains("DeploymentNotFound");
  }
}
