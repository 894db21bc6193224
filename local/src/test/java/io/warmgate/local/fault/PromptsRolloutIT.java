package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.crd.v1alpha1.WarmupStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model's new version is warmed with prompts before clients get it: two real pods, a real Redis,
 * the simulator as the provider, and answers that are kept for each consumer.
 */
class PromptsRolloutIT {
  private static final int PROMPTS = 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private static Path state;
  @AutoClose private static FaultCluster cluster;
  private static String key = "";

  @BeforeAll
  static void begin() throws IOException {
    cluster =
        FaultCluster.start(
            state,
            List.of(
                FaultCluster.sample("gateway.yaml"),
                Files.readString(FaultCluster.samples().resolve("ai-quickstart/simulator.yaml"))));
  }

  private static void model(String version, String model) {
    cluster.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: providers}
        stringData: {openai: sim-key}
        ---
        apiVersion: warmgate.io/v1alpha1
        kind: AiModelBackend
        metadata: {name: gpt}
        spec:
          provider: OpenAI
          model: %s
          modelVersion: "%s"
          publicNames: [chat]
          endpoint: http://simulator:8080/v1
          credentialsRef: {name: providers, key: openai}
        """
            .formatted(model, version));
  }

  private static void route(int maxInferences, String promotion) {
    cluster.apply(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiRoute
        metadata: {name: models}
        spec:
          parentRefs: [{name: edge}]
          rollout:
            promotion: %s
            keepPreviousFor: 60s
            analysis: {window: 1s, onInconclusive: Promote}
            warmup: {maxInferences: %d, timeout: 20s}
          rules:
          - name: chat
            matches: [{path: {value: /v1}}]
            auth: {apiKey: {headers: [Authorization, x-api-key]}}
            backendRefs: [{kind: AiModelBackend, name: gpt}]
        ---
        apiVersion: warmgate.io/v1alpha1
        kind: ApiConsumer
        metadata: {name: app}
        spec: {gatewayRef: {name: edge}, keys: [{name: main}], routes: [{name: models}]}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: prompts}
        data:
          prompts.yaml: |
        %s
        """
            .formatted(
                promotion,
                maxInferences,
                IntStream.range(0, PROMPTS)
                    .mapToObj(
                        i ->
                            """
                                - url: /v1/chat/completions
                                  consumers: [app]
                                  body: %s
                            """
                                .formatted(prompt(i)))
                    .collect(Collectors.joining())
                    .stripTrailing()));
  }

  private static void policy() {
    cluster.apply(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: CachePolicy
        metadata: {name: models}
        spec:
          targetRefs: [{kind: ApiRoute, name: models}]
          warmup:
            sources:
            - configMap: {name: prompts, key: prompts.yaml}
              host: %s
        """
            .formatted(host()));
  }

  private static String prompt(int number) {
    return """
    {"model": "chat", "messages": [{"role": "user", "content": "Prompt %d?"}]}\
    """
        .formatted(number);
  }

  private static String host() {
    InetSocketAddress gateway = cluster.gateway();
    return gateway.getAddress().getHostAddress() + ":" + gateway.getPort();
  }

  private static String key() {
    return new String(
        Base64.getDecoder()
            .decode(
                cluster
                    .client()
                    .secrets()
                    .inNamespace("default")
                    .withName("app-main")
                    .get()
                    .getData()
                    .get("apiKey")),
        StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<String> ask(String prompt) {
    return send(
        HttpRequest.newBuilder(URI.create("http://" + host() + "/v1/chat/completions"))
            .timeout(Duration.ofSeconds(20))
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(prompt))
            .build());
  }

  /** How often the provider was asked for a model. */
  private static int asked(String model) throws IOException {
    InetSocketAddress simulator = cluster.service("simulator");
    String state =
        send(HttpRequest.newBuilder(
                    URI.create(
                        "http://%s:%d/_simulator"
                            .formatted(
                                simulator.getAddress().getHostAddress(), simulator.getPort())))
                .build())
            .body();
    JsonNode counts = JSON.readTree(state).path("models").path(model).path("counts");
    assertThat(counts.has("requests")).as(state).isTrue();
    return counts.path("requests").asInt();
  }

  private static void everyPromptIsAHitOf(String model) {
    for (int i = 0; i < PROMPTS; i++) {
      HttpResponse<String> answer = ask(prompt(i));
      assertThat(answer.headers().firstValue("cache-status").orElse(""))
          .as("prompt %d", i)
          .startsWith("warmgate; hit");
      assertThat(answer.body()).contains(model);
    }
  }

  @Test
  void aVersionIsWarmedWithPromptsAndTheWayBackIsWarm() throws IOException {
    RolledRoute route = new RolledRoute(cluster, "models", "/v1");
    model("1", "sim-1");
    route(100, "Automatic");
    seen(route);
    // What comes after the route is a release: before it there is no rollout whose end could be
    // awaited.
    await().atMost(PATIENCE).ignoreExceptions().until(() -> !key().isEmpty());
    policy();
    route.awaitPhase(RolloutPhase.STEADY);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              key = key();
              everyPromptIsAHitOf("sim-1");
            });
    await().atMost(PATIENCE).until(PromptsRolloutIT::credentialsValid, "True"::equals);
    int before = asked("sim-1");
    route(100, "Manual");
    seen(route);

    model("2", "sim-2");
    RolloutStatus waiting = route.awaitPhase(RolloutPhase.AWAITING_PROMOTION);
    WarmupStatus warmup = Objects.requireNonNull(waiting.warmup());
    assertThat(warmup.planned()).isEqualTo(PROMPTS);
    assertThat(warmup.certified()).isEqualTo(PROMPTS);
    assertThat(warmup.coveragePercent()).isEqualTo(100);
    assertThat(warmup.tokens()).isPositive();
    int warming = asked("sim-2");
    assertThat(warming)
        .as("once, or twice what Redis did not have yet")
        .isBetween(PROMPTS, 2 * PROMPTS);
    assertThat(warmup.inferences()).isEqualTo(warming);
    everyPromptIsAHitOf("sim-1");

    route.order("promote");
    route.awaitPhase(RolloutPhase.STEADY);
    everyPromptIsAHitOf("sim-2");
    assertThat(asked("sim-2")).as("clients cost nothing").isEqualTo(warming);

    model("1", "sim-1");
    route.awaitStatus(
        now -> now.phase() == RolloutPhase.STEADY && now.release().equals(waiting.release()));
    everyPromptIsAHitOf("sim-1");
    assertThat(asked("sim-1")).as("nor does the way back").isEqualTo(before);

    tooLittleMoney(route);
  }

  /** What pods found out of the provider's key, as users read it. */
  private static String credentialsValid() {
    AiModelBackend gpt =
        cluster
            .client()
            .resources(AiModelBackend.class)
            .inNamespace("default")
            .withName("gpt")
            .get();
    return gpt.getStatus().conditions().stream()
        .filter(condition -> condition.getType().equals("CredentialsValid"))
        .map(Condition::getStatus)
        .findFirst()
        .orElse("");
  }

  /** The operator knows the route as it is written. */
  private static void seen(RolledRoute route) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              ApiRoute now = route.resource().get();
              return now.getStatus() != null
                  && now.getMetadata().getGeneration().equals(now.getStatus().observedGeneration());
            });
  }

  /** A release that could not be warmed far enough is left, and says why. */
  private static void tooLittleMoney(RolledRoute route) throws IOException {
    route(5, "Manual");
    seen(route);
    int before = asked("sim-2");
    model("3", "sim-2");
    await().atMost(PATIENCE).until(() -> route.failure().isPresent());
    assertThat(route.failure().orElseThrow().message())
        .contains("25 %", "5 of 20", "15 questions to models are not asked", "maxInferences is 5");
    assertThat(asked("sim-2") - before).isEqualTo(5);
    everyPromptIsAHitOf("sim-1");
  }
}
