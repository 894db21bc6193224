package io.warmgate.ai.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmgate.ai.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of one case: files that are read, and files that must come out. A file that neither is
 * fails; {@code -Dwarmgate.update=true} writes what comes out.
 */
public final class Case {
  private static final ObjectWriter PRETTY =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build()
          .writerWithDefaultPrettyPrinter();
  private static final boolean UPDATE = Boolean.getBoolean("warmgate.update");

  private final Path folder;
  private final Set<String> used = new HashSet<>();

  private Case(Path folder) {
    this.folder = folder;
  }

  /** All cases of a kind: {@code request/openai-to-anthropic/tools} is one of {@code request}. */
  public static List<Case> of(String kind, int depth) {
    Path root =
        Path.of(System.getProperty("warmgate.root", "../.."))
            .resolve("gateway-runtime/ai/src/test/resources/golden")
            .resolve(kind);
    try (Stream<Path> folders = Files.find(root, depth, (path, a) -> a.isDirectory())) {
      return folders
          .filter(path -> root.relativize(path).getNameCount() == depth && !path.equals(root))
          .sorted()
          .map(Case::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return String.valueOf(folder.getFileName());
  }

  /** Of the folder that it is in: {@code openai-to-anthropic}. */
  public String pair() {
    return String.valueOf(folder.getName(folder.getNameCount() - 2));
  }

  public boolean has(String file) {
    return Files.exists(folder.resolve(file));
  }

  public List<String> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] read(String file) {
    used.add(file);
    try {
      return Files.readAllBytes(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode json(String file) {
    return Json.parse(read(file));
  }

  void comesOut(String file, JsonNode node) {
    try {
      comesOut(file, PRETTY.writeValueAsString(node) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void comesOut(String file, String text) {
    used.add(file);
    try {
      Path path = folder.resolve(file);
      if (UPDATE) {
        Files.writeString(path, text);
      }
      assertThat(path).as("what comes out of %s", folder).exists();
      assertThat(Files.readString(path)).as("%s", path).isEqualTo(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void nothingElse() {
    assertThat(files()).as("files in %s, all of which are used", folder).hasSameElementsAs(used);
  }

  @Override
  public String toString() {
    return pair() + "/" + name();
  }
}
