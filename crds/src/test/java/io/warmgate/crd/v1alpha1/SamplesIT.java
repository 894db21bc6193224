package io.warmgate.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.kube.RealKube;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every resource of the samples is taken by a real API server, and has no unknown field. */
@RealKube
class SamplesIT {
  private static final Path SAMPLES = Path.of(System.getProperty("warmgate.root", ".."), "samples");

  private final KubernetesClient client;

  SamplesIT(KubernetesClient client) {
    this.client = client;
  }

  @BeforeAll
  static void install(KubernetesClient client) {
    Manifests.install(client);
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isTaken(Path file) throws IOException {
    List<GenericKubernetesResource> resources =
        Arrays.stream(Files.readString(file).split("(?m)^---$"))
            .map(yaml -> Serialization.unmarshal(yaml, GenericKubernetesResource.class))
            .toList();
    assertThat(resources).isNotEmpty();
    for (GenericKubernetesResource resource : resources) {
      GenericKubernetesResource taken =
          client
              .resource(resource)
              .inNamespace("default")
              .dryRun(true)
              .fieldValidation(FieldValidateable.Validation.STRICT)
              .create();
      assertThat(taken.getMetadata().getUid()).isNotEmpty();
    }
  }
}
