package io.warmgate.aisimulator;

import io.warmgate.aisimulator.suite.AnthropicClientSuite;
import io.warmgate.aisimulator.suite.Target;
import org.junit.jupiter.api.AfterAll;

/** Anthropic's own SDK asks the simulator, without anything between. */
final class SimulatorAnthropicSdkTest extends AnthropicClientSuite {
  private final AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests());

  @Override
  public Target target() {
    return Target.at(simulator.url(), SimulatorOptions.DEFAULT_KEY);
  }

  @AfterAll
  void stop() {
    simulator.close();
  }
}
