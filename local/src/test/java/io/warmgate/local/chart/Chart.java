package io.warmgate.local.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The chart of this tree, as Helm renders it. */
final class Chart {
  static final String NAMESPACE = "warmgate-system";

  private static final Path FOLDER =
      Path.of(System.getProperty("warmgate.root", ".."), "helm-chart", "warmgate");
  private static final Pattern SEPARATOR = Pattern.compile("(?m)^---$");

  private Chart() {}

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  /** What {@code helm template} makes of these values (YAML). */
  static String template(String values) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, values);
        return new Helm(FOLDER)
            .template()
            .withName("warmgate")
            .withNamespace(NAMESPACE)
            .withKubeVersion("1.37.2")
            .withValuesFile(file)
            .call();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<GenericKubernetesResource> render(String values) {
    return SEPARATOR
        .splitAsStream(template(values))
        .filter(document -> document.contains("kind:"))
        .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
        .toList();
  }

  static Stream<GenericKubernetesResource> render(String values, String kind) {
    return render(values).stream().filter(resource -> resource.getKind().equals(kind));
  }
}
