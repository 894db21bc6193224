package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.warmgate.aisimulator.AiSimulator;
import io.warmgate.aisimulator.SimulatorOptions;
import io.warmgate.config.Model;
import java.util.Arrays;
import java.util.Map;
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

  @TestFactory
  Stream<DynamicTest> theSimulatorItself() {
    try (AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests())) {
      return cases(
          Map.of(
              "WARMGATE_URL",
              simulator.url().toString(),
              "WARMGATE_KEY",
              SimulatorOptions.DEFAULT_KEY));
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
              "WARMGATE_PROVIDER", provider.name()));
    }
  }

  private Stream<DynamicTest> cases(Map<String, String> environment) {
    var cases = project.cases(environment);
    assertThat(cases).hasSizeGreaterThan(80);
    return cases.stream().map(NpmSdkIT::told);
  }

  private static DynamicTest told(NpmProject.Case ended) {
    return dynamicTest(ended.name(), () -> assertThat(ended.failure()).as(ended.name()).isNull());
  }
}
