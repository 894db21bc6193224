package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.warmgate.aisimulator.AiSimulator;
import io.warmgate.aisimulator.SimulatorOptions;
import io.warmgate.config.Model;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What the official npm SDKs see of the simulator they see through a gateway, whichever provider is
 * behind it. The cases are in {@code src/test/npm}, and run by Node's own test runner: each asks
 * twice, and the gateway asks the provider once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NpmSdkIT {
  private final NpmProject project = NpmProject.installed();

  /**
   * What is not as with the others, by the provider's own words: each has to fail, so that what is
   * the same by now leaves the list. What becomes of it instead is in the Java suites.
   */
  private static final Map<Model.Provider, Set<String>> DIFFERENT =
      Map.of(
          // A stream that is told again has no verdicts of the filter.
          Model.Provider.AZURE_OPENAI,
          Set.of(
              "chat, streamed: says what it says plainly",
              "chat, streamed: calls tools side by side"),
          // A refusal is a filter's, and not kept; calls go side by side; texts alone are embedded,
          // and nobody counts them; there is one choice.
          Model.Provider.GEMINI,
          Set.of(
              "chat: refuses",
              "chat, streamed: refuses",
              "chat, tools: one where one is allowed",
              "responses: refuse",
              "embeddings: a vector of length one",
              "embeddings: of tokens",
              "messages, tools: as they are chosen",
              "never stored: several choices, and probabilities"),
          // It refuses in text, and filters nothing.
          Model.Provider.MISTRAL,
          Set.of(
              "chat: refuses",
              "chat, streamed: refuses",
              "responses: refuse",
              "embeddings: of tokens",
              "never stored: what was filtered",
              "never stored: several choices, and probabilities"),
          // It refuses in text; calls go side by side; there is one choice, and no JSON without a
          // schema; which text ended an answer is not said.
          Model.Provider.BEDROCK,
          Set.of(
              "chat: answers with any JSON object",
              "messages: stop where they are told to",
              "chat: refuses",
              "chat, streamed: refuses",
              "chat, tools: one where one is allowed",
              "responses: refuse",
              "messages, tools: as they are chosen",
              "never stored: several choices, and probabilities"));

  @TestFactory
  Stream<DynamicTest> theSimulatorItself() {
    try (AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests())) {
      return cases(
          Map.of(
              "WARMGATE_URL",
              simulator.url().toString(),
              "WARMGATE_KEY",
              SimulatorOptions.DEFAULT_KEY),
          Set.of());
    }
  }

  @TestFactory
  Stream<DynamicContainer> aGatewayBefore() {
    return Arrays.stream(Model.Provider.values())
        .filter(provider -> !provider.takesTensors())
        .map(provider -> DynamicContainer.dynamicContainer(provider.name(), through(provider)));
  }

  private Stream<DynamicTest> through(Model.Provider provider) {
    try (SimulatedGateway gateway = new SimulatedGateway(provider)) {
      return cases(
          Map.of(
              "WARMGATE_URL", gateway.target.anthropicUrl().toString(),
              "WARMGATE_KEY", gateway.target.key(),
              "WARMGATE_SIMULATOR", gateway.simulatorUrl().toString(),
              "WARMGATE_PROVIDER", provider.name()),
          DIFFERENT.getOrDefault(provider, Set.of()));
    }
  }

  private Stream<DynamicTest> cases(Map<String, String> environment, Set<String> different) {
    var cases = project.cases(environment);
    assertThat(cases).hasSizeGreaterThan(80);
    assertThat(cases).extracting(NpmProject.Case::name).containsAll(different);
    return cases.stream().map(ended -> told(ended, different));
  }

  private static DynamicTest told(NpmProject.Case ended, Set<String> different) {
    return dynamicTest(
        ended.name(),
        () -> {
          if (different.contains(ended.name())) {
            assertThat(ended.failure()).as("is the same by now: %s", ended.name()).isNotNull();
          } else {
            assertThat(ended.failure()).as(ended.name()).isNull();
          }
        });
  }
}
