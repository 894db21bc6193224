package io.warmgate.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.InvalidationPhase;
import io.warmgate.local.WarmgateCommand.Run;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, as a user types it, against the built programs. */
class QuickstartIT {
  private static final Pattern URL = Pattern.compile("edge +(http://127\\.0\\.0\\.1:\\d+)");

  @TempDir Path folder = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();

  private Run warmgate(String... arguments) throws Exception {
    return new WarmgateCommand(state()).run(arguments);
  }

  @AfterEach
  void end() throws Exception {
    warmgate("down");
    client.close();
  }

  @Test
  void theSecondAnswerComesFromTheCacheAndDownLeavesNothing() throws Exception {
    Run up =
        warmgate(
            "up", "-f", WarmgateCommand.ROOT.resolve("samples/quickstart").toString(), "--detach");
    assertThat(up.code()).as(up.output()).isZero();
    assertThat(up.output()).contains("ready in ");
    Matcher url = URL.matcher(up.output());
    assertThat(url.find()).as(up.output()).isTrue();
    URI gateway = URI.create(url.group(1));

    HttpResponse<String> first = get(gateway.resolve("/products/1"));
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    HttpResponse<String> second = get(gateway.resolve("/products/1"));
    assertThat(second.headers().firstValue("Cache-Status"))
        .hasValueSatisfying(status -> assertThat(status).startsWith("warmgate; hit"));
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(get(gateway.resolve("/count")).body()).isEqualTo("1\n");
    assertThat(warmgate("status").output()).contains("apigateway/edge").contains(url.group(1));

    Run hit = warmgate("explain", gateway.resolve("/products/1").toString(), "--origin");
    assertThat(hit.code()).as(hit.output()).isZero();
    assertThat(hit.output())
        .contains("gateway default/edge", ": the entry is fresh (RFC 9111 §4.2).")
        .contains("default/catalog, rule products, listener http", "tags.fromHeaders")
        .containsPattern(" edge-\\S+ +edge-\\S+ +Redis +origin\n")
        .containsPattern("\ntags .*product:1");
    assertThat(get(gateway.resolve("/count")).body()).isEqualTo("2\n");
    assertThat(warmgate("explain", gateway.resolve("/product/1").toString()).output())
        .contains("No route matches the request. The nearest paths are /products (PathPrefix)");

    purge("tags: ['product:1']");
    assertThat(get(gateway.resolve("/products/1")).headers().firstValue("Cache-Status"))
        .hasValueSatisfying(status -> assertThat(status).contains("detail=purged"));
    assertThat(get(gateway.resolve("/count")).body()).isEqualTo("3\n");

    List<ProcessHandle> processes = processes();
    assertThat(processes).hasSizeGreaterThanOrEqualTo(4); // supervisor, operator, gateways, origin
    assertThat(warmgate("down").output()).contains("stopped");
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(processes()).isEmpty();
  }

  @Test
  void aRealApiServerServesItAsWell() throws Exception {
    Run up =
        warmgate(
            "up",
            "--api",
            "real",
            "-f",
            WarmgateCommand.ROOT.resolve("samples/quickstart").toString(),
            "--detach");
    assertThat(up.code()).as(up.output()).isZero();
    Matcher url = URL.matcher(up.output());
    assertThat(url.find()).as(up.output()).isTrue();
    URI product = URI.create(url.group(1)).resolve("/products/1");
    HttpResponse<String> first = get(product);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(get(product).headers().firstValue("Cache-Status"))
        .hasValueSatisfying(status -> assertThat(status).startsWith("warmgate; hit"));
    List<ProcessHandle> processes = processes();
    assertThat(warmgate("down").output()).contains("stopped");
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void aKilledSupervisorLeavesNothing() throws Exception {
    Run up =
        warmgate(
            "up",
            "-f",
            WarmgateCommand.ROOT.resolve("samples/quickstart/origin.yaml").toString(),
            "--detach");
    assertThat(up.code()).as(up.output()).isZero();
    List<ProcessHandle> processes = processes();
    ProcessHandle.of(Long.parseLong(Files.readString(state().resolve("supervisor.pid"))))
        .orElseThrow()
        .destroyForcibly();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(warmgate("down").output()).contains("nothing runs");
  }

  @Test
  void whatIsNotAcceptedIsNamed() throws Exception {
    Path route = folder.resolve("route.yaml");
    Files.writeString(
        route,
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiRoute
        metadata: {name: lost}
        spec:
          parentRefs: [{name: nowhere}]
          rules:
          - matches: [{path: {type: PathPrefix, value: /}}]
            backendRefs: [{name: nobody, port: 80}]
        """);
    Run up = warmgate("up", "-f", route.toString(), "--detach");
    assertThat(up.code()).isEqualTo(1);
    assertThat(up.output()).contains("error: apiroute/lost is not accepted");
    assertThat(processes()).isEmpty();

    Files.writeString(route, "kind: [\n");
    Run malformed = warmgate("up", "-f", route.toString(), "--detach");
    assertThat(malformed.code()).isEqualTo(1);
    assertThat(malformed.output()).contains("error: " + route + ":");
  }

  /** Returns when every answering pod has acknowledged. */
  private void purge(String selection) throws IOException {
    Config config = Config.fromKubeconfig(Files.readString(state().resolve("kubeconfig")));
    try (KubernetesClient cluster = new KubernetesClientBuilder().withConfig(config).build()) {
      cluster
          .resource(
              """
              apiVersion: warmgate.io/v1alpha1
              kind: CacheInvalidation
              metadata: {name: purge, namespace: default}
              spec: {gatewayRef: {name: edge}, select: {%s}}
              """
                  .formatted(selection))
          .create();
      CacheInvalidation purged =
          cluster
              .resources(CacheInvalidation.class)
              .inNamespace("default")
              .withName("purge")
              .waitUntilCondition(
                  seen ->
                      seen.getStatus() != null
                          && seen.getStatus().phase() == InvalidationPhase.COMPLETED,
                  20,
                  TimeUnit.SECONDS);
      assertThat(purged.getStatus().pods())
          .isNotNull()
          .satisfies(pods -> assertThat(pods.acknowledged()).isEqualTo(2));
    }
  }

  private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private Path state() {
    return folder.resolve("state");
  }

  /** Processes that have this test's state folder in their command line or environment's paths. */
  private List<ProcessHandle> processes() throws IOException {
    var found = new ArrayList<ProcessHandle>();
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      Path proc = Path.of("/proc", String.valueOf(process.pid()));
      try {
        String all =
            Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                + Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1);
        if (all.contains(state().toString())) {
          found.add(process);
        }
      } catch (IOException ended) {
        // it is none of those that are left
      }
    }
    return found;
  }
}
