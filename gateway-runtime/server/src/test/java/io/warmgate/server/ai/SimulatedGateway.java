package io.warmgate.server.ai;

import com.anthropic.client.AnthropicClient;
import com.openai.client.OpenAIClient;
import io.warmgate.aisimulator.AiSimulator;
import io.warmgate.aisimulator.SimulatorOptions;
import io.warmgate.aisimulator.bedrock.BedrockDialect;
import io.warmgate.aisimulator.suite.AnthropicClientSuite;
import io.warmgate.aisimulator.suite.OpenAiClientSuite;
import io.warmgate.aisimulator.suite.Target;
import io.warmgate.config.Access;
import io.warmgate.config.BedrockKey;
import io.warmgate.config.Model;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gateway before the simulator, for its clients as it is for the simulator's: the same names of
 * models, and a key of the clients' own.
 */
final class SimulatedGateway implements AutoCloseable {
  private static final String KEY = "key-of-the-client";

  /** Models that fail, each in its way. */
  private static final List<String> DIFFICULT =
      List.of("sim-error", "sim-overloaded", "sim-limited", "sim-error-in-stream", "sim-cut");

  final ModelPod pod = new ModelPod();
  final OpenAIClient openAi;
  final AnthropicClient anthropic;
  final Target target;
  private final AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests());

  /**
   * @param provider of the model that conversations are held with
   */
  SimulatedGateway(Model.Provider provider) {
    Model.Provider ofVectors =
        provider.makesEmbeddings() ? provider : Model.Provider.OPENAI_COMPATIBLE;
    int port = simulator.url().getPort();
    pod.model(model("sim-1", provider), port, basePath(provider))
        .model(model("sim-embedding", ofVectors), port, basePath(ofVectors));
    for (String difficult : DIFFICULT) {
      pod.model(model(difficult, provider), port, basePath(provider));
    }
    pod.cached(ModelPod.KEPT)
        .knowing(new Access(List.of(), List.of(GuardedTest.consumer("red", KEY))))
        .ruled(rule -> rule.withAccess(GuardedTest.KEYS))
        .serve();
    target = Target.at(URI.create("http://127.0.0.1:" + pod.port()), KEY);
    openAi = OpenAiClientSuite.client(target);
    anthropic = AnthropicClientSuite.client(target);
  }

  static String basePath(Model.Provider provider) {
    return switch (provider) {
      case OPENAI, OPENAI_COMPATIBLE -> "/v1";
      case ANTHROPIC -> "";
      case AZURE_OPENAI -> "/openai/v1";
      case GEMINI -> "/v1beta";
      case MISTRAL -> "/mistral/v1";
      case BEDROCK, KSERVE_V2, TF_SERVING -> "";
    };
  }

  /** Of AWS; null where the provider is not there. */
  static @Nullable String region(Model.Provider provider) {
    return provider == Model.Provider.BEDROCK ? "eu-central-1" : null;
  }

  /** What the simulator takes: of Bedrock a key that is signed with. */
  static String credential(Model.Provider provider) {
    return provider == Model.Provider.BEDROCK
        ? new BedrockKey.AccessKey(BedrockDialect.ACCESS_KEY_ID, SimulatorOptions.DEFAULT_KEY, null)
            .text()
        : SimulatorOptions.DEFAULT_KEY;
  }

  private Model model(String name, Model.Provider provider) {
    return new Model(
        "test/" + name,
        provider,
        name,
        List.of(name),
        pod.pod.value(credential(provider)),
        4096,
        List.of("get_weather", "get_time"),
        null,
        null,
        region(provider),
        List.of());
  }

  /** Where the provider itself is. */
  URI simulatorUrl() {
    return simulator.url();
  }

  /** How many requests were answered out of the cache. */
  long hits() {
    return pod.ended.stream().filter(exchange -> exchange.reason().equals("fresh")).count();
  }

  @Override
  public void close() {
    openAi.close();
    anthropic.close();
    pod.close();
    simulator.close();
  }
}
