package io.warmgate.kube;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The processes of one server, started in order and ended in the reverse order. */
final class ControlPlane implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int ATTEMPTS = 3;
  private static final String PORT_TAKEN = "address already in use";

  private final Deque<ChildProcess> processes = new ArrayDeque<>();
  private final Kubeconfig kubeconfig;

  private ControlPlane(KubeBinaries binaries, ServerFolder folder) throws IOException {
    String etcd = "http://127.0.0.1:" + FreePort.onLoopback();
    String peers = "http://127.0.0.1:" + FreePort.onLoopback();
    int port = FreePort.onLoopback();
    String token = newToken();
    try {
      processes.push(folder.runOwner(Commands.etcd(binaries, folder, etcd, peers)));
      processes.push(folder.run(Commands.apiServer(binaries, folder, etcd, port, token)));
      kubeconfig = awaitReady(folder, "https://127.0.0.1:" + port, token);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts everything; a port that somebody else took meanwhile is another attempt. */
  static ControlPlane start(KubeBinaries binaries, ServerFolder folder, List<String> controllers)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        ControlPlane started = new ControlPlane(binaries, folder);
        started.runControllers(binaries, folder, controllers);
        return started;
      } catch (NoKubeApiServer e) {
        if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains(PORT_TAKEN)) {
          folder.close();
          throw e;
        }
      }
    }
  }

  private static String newToken() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  Kubeconfig kubeconfig() {
    return kubeconfig;
  }

  private void runControllers(KubeBinaries binaries, ServerFolder folder, List<String> names)
      throws IOException {
    if (names.isEmpty()) {
      return;
    }
    try {
      Path file = folder.file("admin.kubeconfig");
      Files.writeString(file, kubeconfig.yaml());
      processes.push(folder.run(Commands.controllerManager(binaries, folder, file, names)));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Kubeconfig awaitReady(ServerFolder folder, String url, String token) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (Readiness readiness = new Readiness(url, token, folder.file("apiserver.crt"))) {
      while (!readiness.isReady()) {
        processes.stream().filter(process -> !process.isAlive()).forEach(ControlPlane::ended);
        if (System.nanoTime() > end) {
          throw new NoKubeApiServer("the API server is not ready after " + PATIENCE + lastWords());
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      return readiness.kubeconfig();
    }
  }

  private static void ended(ChildProcess process) {
    throw new NoKubeApiServer("the API server did not start; " + process.lastWords());
  }

  private String lastWords() {
    return processes.stream().map(process -> "\n" + process.lastWords()).collect(joining());
  }

  @Override
  public void close() {
    processes.forEach(ChildProcess::close);
    processes.clear();
  }
}
