package io.warmgate.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The committed manifests are what the types say. With {@code -Dwarmgate.update} they are written
 * anew; without it a difference fails the build.
 */
class ManifestsTest {
  @Test
  void manifestsAreWhatTheTypesSay() throws IOException {
    Map<String, String> generated = Manifests.generate();
    if (System.getProperty("warmgate.update") != null) {
      write(generated);
    }
    assertThat(committed())
        .as("crds/manifests is out of date: mvn test -pl crds -am -Dwarmgate.update")
        .isEqualTo(generated);
  }

  @Test
  void generationIsDeterministic() {
    assertThat(Manifests.generate()).isEqualTo(Manifests.generate());
  }

  private static void write(Map<String, String> manifests) throws IOException {
    Files.createDirectories(Manifests.FOLDER);
    for (String stale : committed().keySet()) {
      Files.delete(Manifests.FOLDER.resolve(stale));
    }
    for (Map.Entry<String, String> manifest : manifests.entrySet()) {
      Files.writeString(Manifests.FOLDER.resolve(manifest.getKey()), manifest.getValue());
    }
  }

  private static Map<String, String> committed() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    if (!Files.isDirectory(Manifests.FOLDER)) {
      return texts;
    }
    try (Stream<Path> files = Files.list(Manifests.FOLDER)) {
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
