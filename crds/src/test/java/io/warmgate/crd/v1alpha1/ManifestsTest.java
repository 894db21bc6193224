package io.warmgate.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The committed manifests, and their copies in the chart, are what the types say. With {@code
 * -Dwarmgate.update} they are written anew; without it a difference fails the build.
 */
class ManifestsTest {
  @ParameterizedTest
  @MethodSource("folders")
  void manifestsAreWhatTheTypesSay(Path folder) throws IOException {
    Map<String, String> generated = Manifests.generate();
    if (Boolean.getBoolean("warmgate.update")) {
      write(folder, generated);
    }
    assertThat(committed(folder))
        .as("%s is out of date: mvn test -pl crds -am -Dwarmgate.update", folder)
        .isEqualTo(generated);
  }

  static Stream<Path> folders() {
    return Stream.of(Manifests.FOLDER, Manifests.CHART);
  }

  @Test
  void generationIsDeterministic() {
    assertThat(Manifests.generate()).isEqualTo(Manifests.generate());
  }

  private static void write(Path folder, Map<String, String> manifests) throws IOException {
    Files.createDirectories(folder);
    for (String stale : committed(folder).keySet()) {
      Files.delete(folder.resolve(stale));
    }
    for (Map.Entry<String, String> manifest : manifests.entrySet()) {
      Files.writeString(folder.resolve(manifest.getKey()), manifest.getValue());
    }
  }

  private static Map<String, String> committed(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return texts;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
