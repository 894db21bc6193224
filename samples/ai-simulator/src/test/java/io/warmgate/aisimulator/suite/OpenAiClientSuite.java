package io.warmgate.aisimulator.suite;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Everything that OpenAI's SDK is used for. Who extends it says where to ask. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OpenAiClientSuite
    implements ChatCases,
        ChatFormCases,
        ChatStreamCases,
        ChatToolCases,
        OpenAiErrorCases,
        EmbeddingCases,
        ModelCases,
        ResponsesCases,
        ResponsesStreamCases {
  private OpenAIClient client;

  @BeforeAll
  void connect() {
    client = client(target());
  }

  @AfterAll
  void disconnect() {
    client.close();
  }

  @Override
  public OpenAIClient openAi() {
    return client;
  }

  /** The SDK as the cases use it: it validates, and tries nothing twice. */
  public static OpenAIClient client(Target target) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(target.openAiUrl().toString())
        .apiKey(target.key())
        .responseValidation(true)
        .maxRetries(0)
        .build();
  }
}
