package io.warmgate.server.handover;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two pods of a gateway's two sides, a backend behind them, and a client. */
abstract class BetweenPods {
  @TempDir Path root;
  EchoOrigin origin;
  TwoPods pods;
  Client client;

  @BeforeEach
  void start() throws Exception {
    origin = new EchoOrigin();
    pods = new TwoPods(root, origin.port());
    client = new Client();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    pods.close();
    origin.close();
  }
}
