package io.warmgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BenchConfigTest {
  private static final Path BENCH =
      Path.of(System.getProperty("warmgate.root", "../.."), "bench", "http", "gateway.json");

  /** It is no part of the build: without this it would be found wrong only when it is run. */
  @Test
  void whatTheBenchmarkConfiguresIsRead() throws IOException {
    GatewayConfig config = Json.read(Files.readAllBytes(BENCH), GatewayConfig.class);
    assertThat(config.routes()).hasSize(3);
  }
}
