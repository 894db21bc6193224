package io.warmgate.aisimulator;

import io.warmgate.aisimulator.suite.OpenAiClientSuite;
import io.warmgate.aisimulator.suite.Target;
import org.junit.jupiter.api.AfterAll;

/** OpenAI's own SDK asks the simulator, without anything between. */
final class SimulatorOpenAiSdkTest extends OpenAiClientSuite {
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
