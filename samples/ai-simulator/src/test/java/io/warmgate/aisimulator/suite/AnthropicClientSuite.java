package io.warmgate.aisimulator.suite;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Everything that Anthropic's SDK is used for. Who extends it says where to ask. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AnthropicClientSuite
    implements MessageCases, MessageStreamCases, MessageToolCases, AnthropicErrorCases {
  private AnthropicClient client;

  @BeforeAll
  void connect() {
    client = client(target());
  }

  @AfterAll
  void disconnect() {
    client.close();
  }

  @Override
  public AnthropicClient anthropic() {
    return client;
  }

  /** The SDK as the cases use it: it validates, and tries nothing twice. */
  public static AnthropicClient client(Target target) {
    return AnthropicOkHttpClient.builder()
        .baseUrl(target.anthropicUrl().toString())
        .apiKey(target.key())
        .responseValidation(true)
        .maxRetries(0)
        .build();
  }
}
