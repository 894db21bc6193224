package io.warmgate.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded API server as kubectl uses it; kubectl is a prerequisite of the build. */
@NullUnmarked
class KubectlIT {
  @TempDir private Path folder;
  private EmbeddedApiServer server;

  @BeforeEach
  void start() throws IOException {
    server = EmbeddedApiServer.start(EmbeddedApiServer.Options.defaults());
    server.writeKubeconfig(folder.resolve("kubeconfig"));
    try (var in = Objects.requireNonNull(KubectlIT.class.getResourceAsStream("widgets.yaml"))) {
      Files.copy(in, folder.resolve("widgets.yaml"));
    }
    assertThat(kubectl("apply", "-f", file("widgets.yaml"))).contains("created");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void widget(String spec) throws IOException {
    Files.writeString(
        folder.resolve("w.yaml"),
        """
        apiVersion: example.warmgate.io/v1alpha1
        kind: Widget
        metadata: {name: w}
        spec: {%s}
        """
            .formatted(spec));
  }

  private Process launch(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", file("kubeconfig")));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("HOME", folder.toString());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new AssertionError("kubectl is not on the PATH: install it (1.31 or newer)", e);
    }
  }

  private String kubectl(Map<String, String> environment, String... arguments) {
    try {
      Process process = launch(environment, arguments);
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
      return output;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private String kubectl(String... arguments) {
    return kubectl(Map.of(), arguments);
  }

  @Test
  void appliesChangesAndRefuses() throws IOException {
    widget("size: 3");
    assertThat(kubectl("apply", "-f", file("w.yaml"))).contains("created");
    assertThat(kubectl("apply", "-f", file("w.yaml"))).contains("unchanged");
    assertThat(kubectl("get", "wd", "-o", "wide").lines().map(l -> l.replaceAll(" +", " ").strip()))
        .anyMatch(l -> l.equals("NAME SIZE READY COLOUR AGE"))
        .anyMatch(l -> l.startsWith("w 3 red"));
    widget("size: 3, nonsense: 1");
    assertThat(kubectl("apply", "-f", file("w.yaml")))
        .contains("strict decoding error: unknown field \"spec.nonsense\"");
    widget("size: 300");
    assertThat(kubectl("apply", "-f", file("w.yaml")))
        .contains("spec.size: Invalid value: 300: spec.size in body should be less than");
    widget("size: 4");
    assertThat(kubectl("apply", "--server-side", "--force-conflicts", "-f", file("w.yaml")))
        .contains("serverside-applied");
    assertThat(kubectl(Map.of("EDITOR", "sed -i s/colour:.*/colour:\\ green/"), "edit", "wd", "w"))
        .contains("edited");
    assertThat(kubectl("scale", "wd/w", "--replicas=3")).contains("scaled");
    assertThat(kubectl("annotate", "wd", "w", "a=b")).contains("annotated");
    assertThat(kubectl("describe", "wd", "w").replaceAll(" +", " "))
        .contains("Replicas: 3", "Colour: green");
    assertThat(kubectl("explain", "widget.spec.listeners")).contains("protocol");
    assertThat(kubectl("delete", "wd", "w")).contains("deleted");
  }

  @Test
  void watchesAndWaits() throws IOException {
    widget("size: 3");
    kubectl("apply", "-f", file("w.yaml"));
    Process watch = launch(Map.of(), "get", "wd", "-w", "--output-watch-events");
    try {
      StringBuilder seen = new StringBuilder();
      await().until(() -> append(seen, watch).contains("ADDED"));
      kubectl("patch", "wd", "w", "--type=merge", "-p", "{\"spec\":{\"size\":7}}");
      await().until(() -> append(seen, watch).contains("MODIFIED"));
      kubectl(
          "patch",
          "wd",
          "w",
          "--subresource=status",
          "--type=merge",
          "-p",
          "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
      assertThat(kubectl("wait", "--for=condition=Ready", "wd/w", "--timeout=10s"))
          .contains("condition met");
    } finally {
      watch.destroy();
    }
  }

  private static String append(StringBuilder text, Process process) throws IOException {
    var in = process.getInputStream();
    text.append(new String(in.readNBytes(in.available()), StandardCharsets.UTF_8));
    return text.toString();
  }

  @Test
  void createsBuiltInKindsInProtobuf() {
    assertThat(kubectl("create", "ns", "n")).contains("created");
    assertThat(kubectl("-n", "n", "create", "cm", "m", "--from-literal=a=b")).contains("created");
    assertThat(kubectl("-n", "n", "get", "cm", "m", "-o", "jsonpath={.data.a}")).isEqualTo("b");
    assertThat(kubectl("-n", "n", "create", "deployment", "d", "--image=i", "--replicas=0"))
        .contains("created");
    assertThat(kubectl("-n", "n", "get", "deploy").replaceAll(" +", " ")).contains("d 0/0 0 0");
    assertThat(kubectl("auth", "can-i", "create", "pods")).contains("yes");
    assertThat(kubectl("-n", "n", "events")).contains("No events found");
    assertThat(kubectl("delete", "ns", "n")).contains("deleted");
    assertThat(kubectl("get", "ns", "n")).contains("not found");
  }
}
