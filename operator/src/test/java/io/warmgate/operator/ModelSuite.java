package io.warmgate.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.BackendRef;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.config.Revision;
import io.warmgate.config.ValueRef;
import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.config.admin.TokenCounts;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendStatus;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ModelCost;
import io.warmgate.crd.v1alpha1.ModelUsage;
import io.warmgate.operator.fake.FakePod;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of models, with an API server, whichever it is: pods are {@link FakePod}s. */
public abstract class ModelSuite extends SuiteCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private void model(String model) {
    cluster.apply(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: AiModelBackend
        metadata: {name: gpt}
        spec:
          provider: OpenAI
          model: %s
          credentialsRef: {name: openai, key: apiKey}
        """
            .formatted(model));
  }

  private void key(String key) {
    cluster.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: openai}
        data: {apiKey: %s}
        """
            .formatted(Base64.getEncoder().encodeToString(key.getBytes(UTF_8))));
  }

  private void route(String gateway) {
    cluster.apply(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiRoute
        metadata: {name: models-of-%1$s}
        spec:
          parentRefs: [{name: %1$s}]
          rollout: {keepPreviousFor: 1s, analysis: {window: 1s}}
          rules:
          - name: chat
            backendRefs: [{kind: AiModelBackend, name: gpt}]
        """
            .formatted(gateway));
  }

  private static Optional<GatewayConfig> config(FakePod pod) {
    return Optional.ofNullable(pod.revision()).map(Revision::open);
  }

  private static List<Model> models(FakePod pod) {
    return config(pod).map(GatewayConfig::models).orElse(List.of());
  }

  private static List<String> generations(FakePod pod) {
    return config(pod).orElseThrow().routes().getFirst().rules().getFirst().backends().stream()
        .map(BackendRef::generation)
        .toList();
  }

  /** Every pod asks this model alone, and has the key that it is asked with. */
  private void awaitModel(String model) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(pods())
                    .isNotEmpty()
                    .allSatisfy(
                        pod -> {
                          assertThat(models(pod))
                              .extracting(any -> any.object() + " " + any.model())
                              .containsExactly(cluster.namespace() + "/gpt " + model);
                          assertThat(pod.values()).contains(fingerprint(pod));
                        }));
  }

  private static String fingerprint(FakePod pod) {
    ValueRef key = models(pod).getFirst().credential();
    return Objects.requireNonNull(key).fingerprint();
  }

  private String modelStatus(String type) {
    AiModelBackendStatus status = cluster.get(AiModelBackend.class, "gpt").getStatus();
    return status == null ? "absent" : status(status.conditions(), type);
  }

  private void awaitStatus(String type, String expected) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(modelStatus(type)).isEqualTo(expected));
  }

  private String message(String type) {
    return Objects.requireNonNull(cluster.get(AiModelBackend.class, "gpt").getStatus())
        .conditions()
        .stream()
        .filter(condition -> condition.getType().equals(type))
        .map(condition -> condition.getMessage())
        .findFirst()
        .orElse("");
  }

  @Test
  void whatIsMissingIsSaidAndHealed() {
    gateway(1);
    model("gpt-5-mini");
    awaitStatus("Programmed", "False/Pending");
    assertThat(message("Programmed")).contains("No ApiRoute");
    route("edge");
    awaitStatus("ResolvedRefs", "False/SecretNotFound");
    assertThat(message("ResolvedRefs")).contains("'openai'", "'apiKey'", "create it");
    await()
        .atMost(PATIENCE)
        .until(() -> routeStatus("models-of-edge", "ResolvedRefs").equals("False/SecretNotFound"));
    key("sk-1");
    awaitModel("gpt-5-mini");
    awaitStatus("Programmed", "True/Programmed");
    awaitStatus("ResolvedRefs", "True/ResolvedRefs");
    awaitProgrammed("models-of-edge");
    var _ = client().resource(cluster.get(AiModelBackend.class, "gpt")).delete();
    await()
        .atMost(PATIENCE)
        .until(() -> routeStatus("models-of-edge", "ResolvedRefs").equals("False/BackendNotFound"));
    await().atMost(PATIENCE).until(() -> pods().stream().allMatch(pod -> models(pod).isEmpty()));
  }

  @Test
  void anotherKeyReachesEveryPodAndIsNoRelease() {
    gateway(2);
    key("sk-1");
    model("gpt-5-mini");
    route("edge");
    awaitStatus("Programmed", "True/Programmed");
    awaitModel("gpt-5-mini");
    await().atMost(PATIENCE).until(() -> pods().size() == 2);
    FakePod pod = pods().getFirst();
    String before = fingerprint(pod);
    List<String> generations = generations(pod);
    assertThat(modelStatus("CredentialsValid")).isEqualTo("Unknown/NotChecked");
    FakePod other = pods().getLast();
    other.knowing(state(other, CredentialState.Verdict.REFUSED, "It was wrong."));
    key("sk-2");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pods())
                    .allSatisfy(
                        any -> {
                          assertThat(fingerprint(any)).isNotEqualTo(before);
                          assertThat(any.values()).contains(fingerprint(any));
                        }));
    assertThat(generations(pod)).isEqualTo(generations);
    assertThat(modelStatus("Programmed")).isEqualTo("True/Programmed");
    pod.knowing(state(pod, CredentialState.Verdict.ACCEPTED, null));
    // What the other one says is of the key before.
    awaitStatus("CredentialsValid", "True/CredentialAccepted");
    assertThat(cluster.get(ApiRoute.class, "models-of-edge").getStatus())
        .as("no release went in")
        .satisfies(status -> assertThat(status.generations()).hasSize(1));
    cluster.awaitQuiet(List.of(AiModelBackend.class, ApiRoute.class, ApiGateway.class));
  }

  private CredentialState state(
      FakePod pod, CredentialState.Verdict verdict, @Nullable String detail) {
    return new CredentialState(cluster.namespace() + "/gpt", fingerprint(pod), verdict, detail);
  }

  @Test
  void anotherModelIsARelease() {
    gateway(1);
    key("sk-1");
    model("gpt-5-mini");
    route("edge");
    awaitModel("gpt-5-mini");
    awaitStatus("Programmed", "True/Programmed");
    List<String> before = generations(pods().getFirst());
    model("gpt-5");
    awaitModel("gpt-5");
    awaitStatus("Programmed", "True/Programmed");
    assertThat(generations(pods().getFirst())).doesNotContainAnyElementsOf(before);
    assertThat(
            pods().getFirst().pushed().stream()
                .map(Revision::open)
                .anyMatch(config -> config.models().size() == 2))
        .as("both were asked while it went in")
        .isTrue();
  }

  @Test
  void severalGatewaysSayOneStatus() {
    gateway(1);
    key("sk-1");
    model("gpt-5-mini");
    route("edge");
    awaitStatus("Programmed", "True/Programmed");
    cluster.apply(Yaml.gateway("inner", 1));
    route("inner");
    awaitProgrammed("models-of-inner");
    model("gpt-5");
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              assertThat(modelStatus("Programmed")).isEqualTo("True/Programmed");
              assertThat(cluster.get(AiModelBackend.class, "gpt").getStatus())
                  .satisfies(status -> assertThat(status.observedGeneration()).isEqualTo(2));
            });
    assertThat(pods())
        .hasSize(2)
        .allSatisfy(pod -> assertThat(models(pod)).extracting(Model::model).contains("gpt-5"));
    cluster.awaitQuiet(List.of(AiModelBackend.class));
  }

  /**
   * A million tokens of the model cost 2 USD; each time it is looked, a million more were there.
   */
  @Test
  void whatItTookAndWhatWasSavedIsAddedUp() {
    gateway(1);
    key("sk-1");
    model("gpt-5-mini");
    route("edge");
    awaitStatus("Programmed", "True/Programmed");
    AtomicLong millions = new AtomicLong();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              FakePod pod = pods().getFirst();
              long output = 1_000_000 * millions.incrementAndGet();
              pod.inferring(
                  new ModelTraffic(
                      cluster.namespace() + "/gpt",
                      models(pod).getFirst().price(),
                      new TokenCounts(0, 0, output, 1),
                      new TokenCounts(0, 0, 3 * output, 3)));
              ModelUsage usage =
                  Objects.requireNonNull(cluster.get(AiModelBackend.class, "gpt").getStatus())
                      .usage();
              assertThat(usage).isNotNull();
              long told = usage.outputTokens() / 1_000_000;
              assertThat(told).isPositive();
              assertThat(usage.savedOutputTokens()).isEqualTo(3 * usage.outputTokens());
              assertThat(usage.costs())
                  .containsExactly(
                      new ModelCost("USD", 2 * told + ".000000", 6 * told + ".000000"));
            });
    assertThat(
            Objects.requireNonNull(cluster.get(AiModelBackend.class, "gpt").getStatus())
                .contextWindow())
        .isEqualTo(400_000);
    cluster.awaitQuiet(List.of(AiModelBackend.class));
  }
}
