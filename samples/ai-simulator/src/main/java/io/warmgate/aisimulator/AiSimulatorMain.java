package io.warmgate.aisimulator;

/** Starts a simulator and runs until it is told to end. */
public final class AiSimulatorMain {
  private AiSimulatorMain() {}

  /** Takes no arguments; the environment is read as the README says. */
  public static void main(String[] arguments) {
    SimulatorOptions options =
        SimulatorOptions.of(System.getenv(), Runtime.getRuntime().availableProcessors());
    AiSimulator simulator = AiSimulator.start(options);
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    System.out.println("ai-simulator listens on " + simulator.url());
  }
}
