package io.warmgate.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.warmgate.kube.KubeApiServer;
import io.warmgate.local.api.object.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The embedded API server answers as a real one does: every file below {@code contract} is a
 * sequence of requests, sent to both; the answers must be the same. A new case is a new file.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiServerContractIT {
  private static final Path CASES = Path.of("src/test/resources/io/warmgate/local/api/contract");

  private final KubeApiServer real = KubeApiServer.start();
  private final EmbeddedApiServer embedded =
      EmbeddedApiServer.start(EmbeddedApiServer.Options.defaults());
  private final KubernetesClient realClient = connect(real.kubeconfig());
  private final KubernetesClient embeddedClient = connect(embedded.kubeconfig());

  /** A client that does not ask again after a 500, which is an answer like any other here. */
  private static KubernetesClient connect(String kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig);
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  @BeforeAll
  void defineWidgets() throws IOException {
    try (InputStream in = ApiServerContractIT.class.getResourceAsStream("widgets.yaml")) {
      JsonNode definition = Json.parse(in.readAllBytes());
      for (ApiCaller caller : callers()) {
        caller.json("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition);
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    caller
                            .json(
                                "GET",
                                "/apis/example.warmgate.io/v1alpha1/widgets",
                                Json.nothing().path(""))
                            .code()
                        == 200);
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

  private List<ApiCaller> callers() {
    return List.of(new ApiCaller(embeddedClient), new ApiCaller(realClient));
  }

  static Stream<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothAnswerTheSame(String file) throws IOException {
    String namespace = "contract-" + file.replaceAll("\\W.*", "");
    JsonNode body = Json.object().set("metadata", Json.object().put("name", namespace));
    for (ApiCaller caller : callers()) {
      assertThat(caller.json("POST", "/api/v1/namespaces", body).code()).isEqualTo(201);
    }
    SoftAssertions softly = new SoftAssertions();
    for (JsonNode node : Json.parse(Files.readAllBytes(CASES.resolve(file)))) {
      ContractStep step = ContractStep.of(node);
      Normalised ours = Normalised.of(step.send(callers().getFirst(), namespace));
      Normalised theirs = Normalised.of(step.send(callers().getLast(), namespace));
      softly.assertThat(ours.toString()).as(step.toString()).isEqualTo(theirs.toString());
    }
    softly.assertAll();
  }
}
