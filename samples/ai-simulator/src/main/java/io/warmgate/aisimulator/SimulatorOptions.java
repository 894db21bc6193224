package io.warmgate.aisimulator;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a simulator is started.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param keys API keys that are accepted
 * @param eventLoops threads that serve
 */
public record SimulatorOptions(String host, int port, Set<String> keys, int eventLoops) {
  /** The key that is accepted where none is named. */
  public static final String DEFAULT_KEY = "sim-key";

  public SimulatorOptions {
    keys = Set.copyOf(keys);
    if (keys.isEmpty() || eventLoops < 1) {
      throw new IllegalArgumentException("at least one key and one event loop are needed");
    }
  }

  /** On this machine alone, on a free port: for tests. */
  public static SimulatorOptions forTests() {
    return new SimulatorOptions("127.0.0.1", 0, Set.of(DEFAULT_KEY), 1);
  }

  /** Out of the environment, as the README says. */
  static SimulatorOptions of(Map<String, String> environment, int processors) {
    return new SimulatorOptions(
        environment.getOrDefault("WARMGATE_BIND_ADDRESS", "0.0.0.0"),
        Integer.parseInt(environment.getOrDefault("PORT", "8080")),
        Arrays.stream(environment.getOrDefault("SIMULATOR_KEYS", DEFAULT_KEY).split(","))
            .map(String::strip)
            .filter(key -> !key.isEmpty())
            .collect(Collectors.toSet()),
        processors);
  }
}
