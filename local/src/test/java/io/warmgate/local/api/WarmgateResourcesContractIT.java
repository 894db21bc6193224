package io.warmgate.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.warmgate.kube.KubeApiServer;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The embedded API server takes and refuses Warmgate's own resources as a real one does: the same
 * defaults, the same errors of schema and CEL, for every good and bad resource of the crds module.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WarmgateResourcesContractIT {
  private static final Path CRDS = Path.of("../crds");

  private final KubeApiServer real = KubeApiServer.start();
  private final EmbeddedApiServer embedded =
      EmbeddedApiServer.start(EmbeddedApiServer.Options.defaults());
  private final KubernetesClient realClient = connect(real.kubeconfig());
  private final KubernetesClient embeddedClient = connect(embedded.kubeconfig());

  private static KubernetesClient connect(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }

  @BeforeAll
  void define() throws IOException {
    for (Path manifest : files(CRDS.resolve("manifests")).toList()) {
      JsonNode definition = Json.parse(Files.readAllBytes(manifest));
      for (KubernetesClient client : List.of(embeddedClient, realClient)) {
        ApiCaller caller = new ApiCaller(client);
        caller.json("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition);
        String path = "/apis/warmgate.io/v1alpha1/" + definition.at("/spec/names/plural").asText();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> caller.json("GET", path, Json.nothing().path("")).code() == 200);
      }
    }
  }

  @AfterAll
  void stop() {
    embeddedClient.close();
    realClient.close();
    embedded.close();
    real.close();
  }

  private static Stream<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  static Stream<Path> resources() throws IOException {
    Path resources = CRDS.resolve("src/test/resources/resources");
    return Stream.concat(files(resources.resolve("good")), files(resources.resolve("bad")));
  }

  @ParameterizedTest
  @MethodSource("resources")
  void bothAnswerTheSame(Path file) throws IOException {
    ObjectNode resource = (ObjectNode) Json.parse(Files.readAllBytes(file));
    Meta.mutable(resource).put(Meta.NAMESPACE, "default");
    String plural = plural(resource.path("kind").asText());
    String path =
        "/apis/warmgate.io/v1alpha1/namespaces/default/"
            + plural
            + "?fieldValidation=Strict&dryRun=All";
    Normalised ours = Normalised.of(new ApiCaller(embeddedClient).json("POST", path, resource));
    Normalised theirs = Normalised.of(new ApiCaller(realClient).json("POST", path, resource));
    assertThat(ours.toString()).isEqualTo(theirs.toString());
  }

  private static String plural(String kind) {
    String singular = kind.toLowerCase(Locale.ROOT);
    return singular.endsWith("y")
        ? singular.substring(0, singular.length() - 1) + "ies"
        : singular + "s";
  }
}
