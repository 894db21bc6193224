package io.warmgate.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.kube.RealKube;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a real API server makes of a user's resources. A new case is a new file: {@code
 * resources/good/*.yaml} is taken, {@code resources/bad/*.yaml} is refused with every text that its
 * comments ask for ({@code # expect: spec.listeners[0].tls}).
 */
@RealKube
class ResourcesIT {
  private static final String EXPECT = "# expect: ";
  private static final Path CASES =
      Path.of(System.getProperty("warmgate.root", ".."), "crds/src/test/resources/resources");

  private final KubernetesClient client;

  ResourcesIT(KubernetesClient client) {
    this.client = client;
  }

  @BeforeAll
  static void install(KubernetesClient client) {
    Manifests.install(client);
  }

  static Stream<Named<Path>> good() throws IOException {
    return cases("good");
  }

  static Stream<Named<Path>> bad() throws IOException {
    return cases("bad");
  }

  @ParameterizedTest
  @MethodSource("good")
  void isTaken(Path file) throws IOException {
    assertThat(create(Files.readString(file)).getMetadata().getUid()).isNotEmpty();
  }

  /** The defaults of the records are those of the schema, in whatever the file leaves out. */
  @ParameterizedTest
  @MethodSource("good")
  void isReadAsTheServerStoresIt(Path file) throws IOException {
    String written = Files.readString(file);
    String stored = Serialization.asYaml(create(written));
    assertThat(spec(written)).isEqualTo(spec(stored));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isRefused(Path file) throws IOException {
    String yaml = Files.readString(file);
    List<String> expected =
        yaml.lines()
            .filter(line -> line.startsWith(EXPECT))
            .map(line -> line.substring(EXPECT.length()))
            .toList();
    assertThat(expected).as("what %s is refused with", file.getFileName()).isNotEmpty();
    KubernetesClientException refusal =
        catchThrowableOfType(KubernetesClientException.class, () -> create(yaml));
    assertThat(refusal).as("the refusal of %s", file.getFileName()).isNotNull();
    assertThat(refusal.getStatus().getMessage()).as("%s", file.getFileName()).contains(expected);
  }

  private GenericKubernetesResource create(String yaml) {
    return client
        .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
        .inNamespace("default")
        .dryRun(true)
        .fieldValidation(FieldValidateable.Validation.STRICT)
        .create();
  }

  private static Object spec(String yaml) {
    String kind = Serialization.unmarshal(yaml, GenericKubernetesResource.class).getKind();
    return Manifests.KINDS.stream()
        .filter(type -> type.getSimpleName().equals(kind))
        .map(type -> (CustomResource<?, ?>) Serialization.unmarshal(yaml, type))
        .findFirst()
        .orElseThrow()
        .getSpec();
  }

  private static Stream<Named<Path>> cases(String folder) throws IOException {
    try (Stream<Path> files = Files.list(CASES.resolve(folder))) {
      return files
          .sorted()
          .map(file -> Named.of(String.valueOf(file.getFileName()), file))
          .toList()
          .stream();
    }
  }
}
