package io.warmgate.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.local.WarmgateCommand.Run;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./warmgate up --kubeconfig}: a cluster that is there already gets the chart and the files.
 * The cluster is a real API server and the local kubelet, without anything of Warmgate's.
 */
class KubeconfigIT {
  private static final Pattern URL = Pattern.compile("edge +(http://127\\.0\\.0\\.1:\\d+)");
  private static final String SAMPLE =
      WarmgateCommand.ROOT.resolve("samples/quickstart").toString();

  @TempDir private Path folder = Path.of("");

  private WarmgateCommand there() {
    return new WarmgateCommand(folder.resolve("there"));
  }

  private Path kubeconfig() {
    return folder.resolve("there/kubeconfig");
  }

  @AfterEach
  void end() throws Exception {
    there().run("down");
  }

  private void bareCluster() throws Exception {
    Path nothing = Files.writeString(folder.resolve("nothing.yaml"), "");
    Run up = there().run("up", "--api", "real", "-f", nothing.toString(), "--detach");
    assertThat(up.code()).as(up.output()).isZero();
    // Pods of this kubelet get no token of their service account: the operator is handed the
    // kubeconfig by its image.
    Files.writeString(
        folder.resolve("there/images.yaml"),
        """
        - image: warmgate/operator
          java: {module: operator, main: io.warmgate.operator.OperatorMain, options: ["-Xmx256m"]}
          env: {KUBECONFIG: "%s"}
        """
            .formatted(kubeconfig()));
    Config config = Config.fromKubeconfig(Files.readString(kubeconfig()));
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      client
          .apps()
          .deployments()
          .inNamespace("warmgate-system")
          .withName("warmgate-operator")
          .delete();
      for (CustomResourceDefinition crd :
          client.apiextensions().v1().customResourceDefinitions().list().getItems()) {
        client.resource(crd).delete();
      }
    }
  }

  @Test
  void theChartIsInstalledThereAndTheFilesAreServed() throws Exception {
    bareCluster();
    var elsewhere = new WarmgateCommand(folder.resolve("here"));
    Run up = elsewhere.run("up", "--kubeconfig", kubeconfig().toString(), "-f", SAMPLE);
    assertThat(up.code()).as(up.output()).isZero();
    assertThat(up.output())
        .contains("chart warmgate-", ": deployed", "apigateway/edge", "ready in ");
    assertThat(elsewhere.run("down").output()).contains("nothing runs");

    Matcher url = URL.matcher(there().run("status").output());
    assertThat(url.find()).isTrue();
    HttpRequest product = HttpRequest.newBuilder(URI.create(url.group(1) + "/products/1")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(product, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      HttpResponse<String> second = client.send(product, BodyHandlers.ofString());
      assertThat(second.headers().firstValue("Cache-Status"))
          .hasValueSatisfying(status -> assertThat(status).startsWith("warmgate; hit"));
    }
    anUpgradeChangesNothingThatRuns(elsewhere);
  }

  private void anUpgradeChangesNothingThatRuns(WarmgateCommand elsewhere) throws Exception {
    Config config = Config.fromKubeconfig(Files.readString(kubeconfig()));
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      long before = generation(client);
      Run again = elsewhere.run("up", "--kubeconfig", kubeconfig().toString(), "-f", SAMPLE);
      assertThat(again.code()).as(again.output()).isZero();
      assertThat(generation(client)).isEqualTo(before);
    }
  }

  private static long generation(KubernetesClient client) {
    return client
        .resources(ApiRoute.class)
        .inNamespace("default")
        .withName("catalog")
        .get()
        .getMetadata()
        .getGeneration();
  }

  @Test
  void whatHelmRefusesIsAnErrorInOneLine() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken"), "kind: Config\napiVersion: v1\n");
    Run up =
        new WarmgateCommand(folder.resolve("here"))
            .run("up", "--kubeconfig", broken.toString(), "-f", SAMPLE);
    assertThat(up.code()).isEqualTo(1);
    assertThat(up.output())
        .contains("error: the chart cannot be installed:")
        .doesNotContain("\tat ");
  }
}
