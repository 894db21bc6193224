package io.warmgate.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hack/kubectl-warmgate}, beside a kubectl and a warmgate that say what they are asked. */
class KubectlPluginTest {
  @TempDir
  @SuppressWarnings("NullAway") // by JUnit
  private Path folder;

  private record Run(int code, String out) {}

  @BeforeEach
  void lay() throws IOException {
    Path plugin = Path.of(System.getProperty("warmgate.root"), "hack", "kubectl-warmgate");
    program("hack/kubectl-warmgate", Files.readString(plugin));
    program(
        "bin/kubectl",
        """
        #!/bin/sh
        case "$*" in
          *jsonpath*other*|*other*jsonpath*) echo elsewhere ;;
          *jsonpath*) echo shop ;;
          *nowhere*) echo "error: no context exists" >&2; exit 1 ;;
          *) echo "config by: $*" ;;
        esac
        """);
    program(
        "warmgate",
        """
        #!/bin/sh
        for word in "$@"; do config=$word; printf '<%s>' "$word"; done
        echo; cat "$config"; ls -l "$config" | cut -c1-10; exit 7
        """);
    Files.createSymbolicLink(
        folder.resolve("bin/kubectl-warmgate"), folder.resolve("hack/kubectl-warmgate"));
  }

  private void program(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Run run(String... words) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(folder.resolve("bin/kubectl-warmgate").toString()), Stream.of(words))
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    builder.environment().put("TMPDIR", temporary.toString());
    builder
        .environment()
        .merge(
            "PATH", folder.resolve("bin").toString(), (old, bin) -> bin + File.pathSeparator + old);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).as("a kubeconfig is not left behind").isEmpty();
    }
    return new Run(code, out);
  }

  @Test
  void speaksWithTheClusterAndTheNamespaceThatKubectlHas() throws Exception {
    Run run = run("rollout", "watch", "route/catalog");
    assertThat(run.code()).as("the command's").isEqualTo(7);
    assertThat(run.out())
        .startsWith("<rollout><watch><route/catalog><-n><shop><--kubeconfig><")
        .contains("config by: config view --minify --flatten --raw")
        .contains("-rw-------");
  }

  @Test
  void anotherContextHasAnotherNamespace() throws Exception {
    assertThat(
            run("rollout", "abort", "--context", "other", "ar/x", "--reason", "it is wrong").out())
        .startsWith("<rollout><abort><ar/x><--reason><it is wrong><-n><elsewhere><--kubeconfig><")
        .contains("config by: config view --minify --context other --flatten --raw");
    assertThat(run("rollout", "abort", "ar/x", "-n", "mine", "--context=other").out())
        .startsWith("<rollout><abort><ar/x><-n><mine><--kubeconfig><");
  }

  @Test
  void decisionsAreOfTheNamespaceThatKubectlHas() throws Exception {
    for (String verb : List.of("approve", "reject", "revoke")) {
      assertThat(run(verb, "partner", "orders", "--reason", "INC 1").out())
          .startsWith(
              "<%s><partner><orders><--reason><INC 1><-n><shop><--kubeconfig><".formatted(verb));
    }
  }

  @Test
  void explainHasNoNamespace() throws Exception {
    assertThat(run("explain", "http://shop.example.com/a b").out())
        .startsWith("<explain><http://shop.example.com/a b><--kubeconfig><");
  }

  @Test
  void saysWhatItCannotDo() throws Exception {
    Run up = run("up");
    assertThat(up.code()).isEqualTo(2);
    assertThat(up.out()).contains("are of one machine");
    assertThat(run("rollout", "watch", "x", "--context", "nowhere").out())
        .contains("kubectl knows no such cluster");
    assertThat(run("rollout", "watch", "x", "--context").out()).contains("--context needs a name");
  }
}
