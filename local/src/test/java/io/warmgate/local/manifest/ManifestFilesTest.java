package io.warmgate.local.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFilesTest {
  @TempDir Path folder = Path.of("");

  @Test
  void readsFoldersAndSeveralDocumentsNamespacesFirst() throws Exception {
    write(
        "b/one.yaml",
        """
        # first
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: a}
        ---

        ---

        apiVersion: v1
        kind: Namespace
        metadata: {name: n}
        """);
    write("a.json", "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"s\"}}");
    write("README.md", "no: [manifest");
    List<ManifestDocument> documents = read();
    assertThat(documents)
        .extracting(d -> d.key() + " " + folder.relativize(d.file()) + ":" + d.line())
        .containsExactly(
            "namespace/n b/one.yaml:9", "secret/s a.json:1", "configmap/a b/one.yaml:2");
  }

  @Test
  void malformedYamlIsNamedWithItsLine() throws IOException {
    Path file =
        write(
            "x.yaml",
            """
            apiVersion: v1
            kind: A
            metadata: {name: a}
            ---
            kind: [
              a
             b: c
            """);
    assertThatThrownBy(this::read)
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith(file + ":7: ");
  }

  @Test
  void aKeyThatIsThereTwiceIsWrong() throws IOException {
    Path file = write("x.yaml", "apiVersion: v1\nkind: A\nkind: B\n");
    assertThatThrownBy(this::read).hasMessageStartingWith(file + ":").hasMessageContaining("kind");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Path file = write("x.yaml", "\napiVersion: v1\nkind: A\nmetadata: {}\n");
    assertThatThrownBy(this::read).hasMessage(file + ":2: metadata.name is missing");
    Files.delete(file);
    Path list = write("y.yaml", "- a\n");
    assertThatThrownBy(this::read).hasMessage(list + ":1: not a Kubernetes object");
  }

  @Test
  void theSameObjectTwiceIsRefused() throws IOException {
    write("a.yaml", "apiVersion: v1\nkind: A\nmetadata: {name: x}\n");
    write("b.yaml", "apiVersion: v1\nkind: A\nmetadata: {name: x}\n");
    assertThatThrownBy(this::read).hasMessageContaining("a/x is given already at");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path gone = folder.resolve("gone");
    assertThatThrownBy(() -> new ManifestFiles(List.of(gone)).read())
        .hasMessage(gone + ": no such file or folder");
  }

  private List<ManifestDocument> read() throws ManifestException {
    return new ManifestFiles(List.of(folder)).read();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
