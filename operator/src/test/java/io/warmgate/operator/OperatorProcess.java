package io.warmgate.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.warmgate.kube.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged operator as a process of its own, with the JVM flags that its image has. */
final class OperatorProcess implements AutoCloseable {
  static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-Xmx128m", "-Xss512k", "-XX:TieredStopAtLevel=1");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path folder;
  private final int healthPort;

  OperatorProcess(String kubeconfig, String namespace) throws IOException {
    this(kubeconfig, namespace, "operator-1");
  }

  /**
   * @param name its identity among its replicas
   */
  OperatorProcess(String kubeconfig, String namespace, String name) throws IOException {
    folder = Files.createTempDirectory("operator");
    Path config = Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
    healthPort = FreePort.onLoopback();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar =
        Path.of(System.getProperty("warmgate.root"), "operator/target/warmgate-operator.jar");
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(FLAGS);
    command.addAll(List.of("-jar", jar.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "KUBECONFIG",
                config.toString(),
                "WARMGATE_NAMESPACES",
                namespace,
                "WARMGATE_LEADER_ELECTION",
                "true",
                "POD_NAMESPACE",
                namespace,
                "POD_NAME",
                name,
                "WARMGATE_HEALTH_PORT",
                String.valueOf(healthPort)));
    process = builder.start();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> get("/readyz").startsWith("ok"));
  }

  /** Sends it a signal, by the name that {@code kill} knows. */
  void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  private Path log() {
    return folder.resolve("log");
  }

  String log(int lines) {
    try {
      List<String> all = Files.readAllLines(log(), UTF_8);
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + healthPort + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  /** The value of a metric's line; 0 where there is none. */
  double metric(String line) throws IOException, InterruptedException {
    return get("/metrics")
        .lines()
        .filter(each -> each.startsWith(line))
        .mapToDouble(each -> Double.parseDouble(each.substring(each.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Resident memory now, and its highest, in MiB. */
  String memory() throws IOException {
    StringBuilder found = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS") || line.startsWith("VmHWM")) {
        long kib = Long.parseLong(line.replaceAll("[^0-9]", ""));
        found.append(line, 0, 5).append(' ').append(kib / 1024).append(" MiB ");
      }
    }
    return found.toString().strip();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the operator did not stop on SIGTERM\n" + log(30));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try { // it holds an administrator's kubeconfig
      Files.deleteIfExists(log());
      Files.deleteIfExists(folder.resolve("kubeconfig"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
