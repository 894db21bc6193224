package io.warmgate.server;

import static org.awaitility.Awaitility.await;

import io.warmgate.config.admin.AdminApi;
import io.warmgate.server.admin.AdminClient;
import io.warmgate.server.admin.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The packaged runtime as a process of its own, on a loopback address of its own. */
final class Pod implements AutoCloseable {
  private final Process process;
  private final Path root;
  final AdminClient admin;

  private Pod(Process process, Path root, AdminClient admin) {
    this.process = process;
    this.root = root;
    this.admin = admin;
  }

  /** Starts it on what lies under {@code root}, and waits until its admin API answers. */
  static Pod start(Path root, String address) throws IOException {
    return start(root, address, environment(root, address));
  }

  static Pod start(Path root, String address, Map<String, String> environment) throws IOException {
    Path mounted = root.resolve(AdminApi.ADMIN_DIR.substring(1));
    if (!Files.exists(mounted)) {
      Certificates.mint(mounted, "t0ken", 1);
    }
    Process process = launch(root, environment);
    Pod pod = new Pod(process, root, new AdminClient(address, AdminApi.PORT, "t0ken"));
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> pod.admin.get(AdminApi.LIVEZ).statusCode() == 200);
    return pod;
  }

  static Process launch(Path root, Map<String, String> environment) throws IOException {
    String home = System.getProperty("java.home");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(home, "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            Path.of(System.getProperty("warmgate.root", "."))
                .resolve("gateway-runtime/server/target/warmgate-server.jar")
                .toString());
    builder.environment().keySet().removeIf(name -> name.matches("(POD|WARMGATE)_.*"));
    builder.environment().putAll(environment);
    builder.redirectOutput(root.resolve("stdout").toFile());
    builder.redirectError(root.resolve("stderr").toFile());
    return builder.start();
  }

  static Map<String, String> environment(Path root, String address) {
    return Map.of(
        "POD_NAME",
        "edge-1",
        "POD_NAMESPACE",
        "shop",
        "POD_UID",
        "pod-uid",
        "POD_IP",
        address,
        "WARMGATE_GATEWAY_UID",
        TestConfigs.GATEWAY,
        "WARMGATE_BIND_ADDRESS",
        address,
        "WARMGATE_ROOT",
        root.toString(),
        "WARMGATE_ALLOW_LOOPBACK",
        "true");
  }

  Process process() {
    return process;
  }

  String stdout() throws IOException {
    return Files.readString(root.resolve("stdout"));
  }

  String stderr() throws IOException {
    return Files.readString(root.resolve("stderr"));
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
