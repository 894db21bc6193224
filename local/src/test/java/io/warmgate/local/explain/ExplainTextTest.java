package io.warmgate.local.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What pods answered ({@code NAME.json}, as {@code -o json} prints it) and what a person reads of
 * it ({@code NAME.txt}). {@code -Dwarmgate.update=true} writes the texts anew.
 */
class ExplainTextTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/io/warmgate/local/explain").toAbsolutePath();

  static List<String> cases() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isReadable(String name) throws IOException {
    List<PodAnswer> answers =
        List.of(Json.read(Files.readAllBytes(FOLDER.resolve(name + ".json")), PodAnswer[].class));
    String text =
        ExplainText.of(
            "GET http://127.0.0.1:8080/products/1",
            "default/edge",
            answers,
            " The nearest paths are /products (PathPrefix), /count (Exact).");
    Path golden = FOLDER.resolve(name + ".txt");
    if (Boolean.getBoolean("warmgate.update")) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
  }
}
