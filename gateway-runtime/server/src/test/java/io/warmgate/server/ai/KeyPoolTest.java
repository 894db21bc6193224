package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.OPENAI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.json.Json;
import io.warmgate.aisimulator.AiSimulator;
import io.warmgate.aisimulator.SimulatorOptions;
import io.warmgate.config.Model;
import io.warmgate.config.Telemetry;
import io.warmgate.config.ValueRef;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that is asked with several keys, before a provider that tells them apart. */
class KeyPoolTest {
  private final AiSimulator simulator =
      AiSimulator.start(new SimulatorOptions("127.0.0.1", 0, Set.of("k-a", "k-b", "k-c"), 1));
  private final HttpClient http = HttpClient.newHttpClient();
  private final ModelPod pod = new ModelPod();

  @AfterEach
  void end() {
    pod.close();
    simulator.close();
    http.close();
  }

  private Model.Key key(String value, int weight) {
    String fingerprint = Objects.requireNonNull(pod.pod.value(value)).fingerprint();
    return new Model.Key(new ValueRef("test/keys/" + value, fingerprint), weight);
  }

  private Model model(String name, Model.Provider provider, String... keys) {
    return new Model(
            "test/" + name,
            provider,
            name,
            List.of("smart"),
            null,
            512,
            List.of(),
            null,
            null,
            SimulatedGateway.region(provider),
            List.of())
        .withKeys(Stream.of(keys).map(key -> key(key, 1)).toList());
  }

  private ModelPod pool(Model.Provider provider, String... keys) {
    return pod.model(model("sim-1", provider, keys), port(), SimulatedGateway.basePath(provider));
  }

  private ModelPod pool(String... keys) {
    return pool(Model.Provider.OPENAI, keys);
  }

  /** Of the same name as the pool. */
  private ModelPod standIn() {
    return pod.model(model("sim-2", Model.Provider.ANTHROPIC, "k-c"), port(), "", 1);
  }

  private int port() {
    return simulator.url().getPort();
  }

  private JsonNode told(String orders) {
    HttpRequest request =
        HttpRequest.newBuilder(simulator.url().resolve("/_simulator"))
            .POST(HttpRequest.BodyPublishers.ofString(orders))
            .build();
    HttpResponse<String> response =
        ModelPod.get(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.parse(response.body());
  }

  /** What the provider refuses a key with, all the time. */
  private void refusing(String key, String failure) {
    told("{\"keys\":{\"" + key + "\":{\"failure\":{" + failure + "}}}}");
  }

  private HttpResponse<String> ask(String what) {
    return ModelPod.get(asking(what));
  }

  private CompletableFuture<HttpResponse<String>> asking(String what) {
    return pod.ask("POST", OPENAI, question(what));
  }

  private static String question(String what) {
    return "{\"model\":\"smart\",\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":\"say"
               + " "
        + what
        + "\"}]}";
  }

  /** How often each key was asked with, by name; of a model that has no others by the model's. */
  private Map<String, Long> calls() {
    return pod.inferred.stream()
        .collect(
            Collectors.groupingBy(
                call -> Objects.requireNonNullElse(call.key(), call.model().model()),
                Collectors.counting()));
  }

  private long calls(String key) {
    return calls().getOrDefault("keys/" + key, 0L);
  }

  @Test
  void callsAreSharedByWeight() {
    Model weighted =
        model("sim-1", Model.Provider.OPENAI).withKeys(List.of(key("k-a", 1), key("k-b", 3)));
    pod.model(weighted, port(), "/v1").serve();
    for (int i = 0; i < 200; i++) {
      assertThat(ask("hello " + i).body()).contains("hello " + i);
    }
    assertThat(calls("k-a") + calls("k-b")).isEqualTo(200);
    assertThat(calls("k-a")).isBetween(20L, 85L);
  }

  /** Each of these is the key's alone: the other one answers, and no other model is asked. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"status\":401",
        "\"status\":403",
        "\"status\":402",
        "\"status\":429,\"retryAfterSeconds\":30",
        "\"status\":429,\"code\":\"insufficient_quota\"",
      })
  void whatIsAKeysIsNotTheModels(String failure) {
    pool("k-a", "k-b");
    standIn().serve();
    refusing("k-a", failure);
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> answer = ask("hello " + i);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"model\":\"sim-1\"");
    }
    assertThat(calls("k-b")).isEqualTo(20);
    assertThat(calls("k-a")).as("it rests").isEqualTo(1);
    assertThat(calls()).doesNotContainKey("sim-2");
  }

  /** The same by each field that a key stands in, for both fronts, whole and streamed. */
  @ParameterizedTest
  @EnumSource(
      value = Model.Provider.class,
      names = {"KSERVE_V2", "TF_SERVING"},
      mode = EnumSource.Mode.EXCLUDE)
  void itIsSoWhoeverTheProviderIs(Model.Provider provider) {
    pool(provider, "k-unknown", "k-a").serve();
    for (String path : List.of(OPENAI, ANTHROPIC)) {
      for (String form : List.of("", "\"stream\":true,")) {
        HttpResponse<String> answer =
            pod.post(path, question("hello you").replace("\"max_", form + "\"max_"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("hello", "you").doesNotContain("\"error\"");
      }
    }
    await().untilAsserted(() -> assertThat(calls("k-a")).isEqualTo(4));
    assertThat(calls("k-unknown")).isLessThanOrEqualTo(1);
  }

  @Test
  void whereAllKeysRestAnotherModelStandsIn() {
    pool("k-a", "k-b");
    standIn().serve();
    refusing("k-a", "\"status\":401");
    refusing("k-b", "\"status\":429,\"retryAfterSeconds\":30");
    for (int i = 0; i < 5; i++) {
      assertThat(ask("hello " + i).body()).contains("\"model\":\"sim-2\"");
    }
    assertThat(calls()).isEqualTo(Map.of("keys/k-a", 1L, "keys/k-b", 1L, "sim-2", 5L));
  }

  /** Nobody else is there: who is only busy is told so, and how long, not that a key is refused. */
  @Test
  void whoIsToldThatAllFailIsToldWhenToComeAgain() {
    pool("k-a", "k-b").serve();
    refusing("k-a", "\"status\":401");
    refusing("k-b", "\"status\":429,\"retryAfterSeconds\":30");
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> answer = ask("hello");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
      assertThat(answer.headers().firstValue("retry-after")).hasValue("30");
    }
    assertThat(calls("k-a")).as("one key alone is tried while all rest").isEqualTo(1);
    assertThat(calls("k-b")).isEqualTo(5);
  }

  @Test
  void whereAllAreRefusedNobodyIsToldTheProvidersWords() {
    pool("k-x", "k-y").serve();
    HttpResponse<String> answer = ask("hello");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("credential").doesNotContain("Incorrect API key");
    assertThat(calls("k-x") + calls("k-y")).isEqualTo(2);
  }

  /** What is wrong with the question, or with the model, another key does not mend. */
  @ParameterizedTest
  @ValueSource(strings = {"sim-error", "sim-overloaded", "nobody"})
  void whatIsTheModelsIsNotAskedAgainWithAnotherKey(String name) {
    pod.model(model(name, Model.Provider.OPENAI, "k-a", "k-b"), port(), "/v1").serve();
    assertThat(ask("hello").statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(calls("k-a") + calls("k-b")).isEqualTo(1);
  }

  /** The time that was said is waited for, where a rule tries again. */
  @Test
  void aPoolThatIsBusyIsAskedAgain() {
    pool("k-a", "k-b").trying(1).serve();
    refusing("k-a", "\"status\":429,\"retryAfterSeconds\":1,\"times\":1");
    refusing("k-b", "\"status\":429,\"retryAfterSeconds\":1,\"times\":1");
    assertThat(ask("hello").statusCode()).isEqualTo(200);
    assertThat(calls("k-a") + calls("k-b")).isEqualTo(3);
  }

  /** Another key is no other question. */
  @Test
  void anAnswerIsKeptWhicheverKeyItWasAskedWith() {
    pool("k-a", "k-b").cached(ModelPod.KEPT).serve();
    for (int i = 0; i < 10; i++) {
      assertThat(ask("hello").statusCode()).isEqualTo(200);
    }
    assertThat(calls("k-a") + calls("k-b")).isEqualTo(1);
    pod.changed(model -> model.withKeys(List.of(key("k-c", 1)))).serve();
    assertThat(ModelPod.status(ask("hello"))).contains("hit");
  }

  /** Keys run out and one is refused in the middle of it: nobody notices but their owner. */
  @Test
  void nobodyNoticesWhileOneKeyIsGood() {
    told(
        """
        {"keys":{"k-a":{"rateLimit":{"requests":5,"windowSeconds":1}},\
        "k-b":{"rateLimit":{"requests":5,"windowSeconds":60}},"k-c":{}}}\
        """);
    pool("k-a", "k-b", "k-c", "k-unknown").serve();
    List<CompletableFuture<HttpResponse<String>>> asked =
        IntStream.range(0, 400).mapToObj(i -> asking("hello " + i)).toList();
    Map<Integer, Long> statuses =
        asked.stream()
            .map(ModelPod::get)
            .map(HttpResponse::statusCode)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(statuses).isEqualTo(Map.of(200, 400L));
    JsonNode keys = told("{}").path("keys");
    assertThat(keys.at("/k-b/requests").asInt() - keys.at("/k-b/refused").asInt()).isEqualTo(5);
    assertThat(keys.at("/k-c/refused").asInt()).isZero();
    assertThat(calls("k-unknown")).as("only who had been drawn by then").isLessThan(170);
  }

  @Test
  void itsOwnerSeesWhichKeyItIs() {
    pool("k-a", "k-unknown").telling(new Telemetry(true, null)).serve();
    try (Telling told = new Telling().of(pod)) {
      for (int i = 0; calls("k-unknown") == 0; i++) {
        assertThat(i).as("it is drawn some time").isLessThan(100);
        assertThat(ask("hello " + i).statusCode()).isEqualTo(200);
      }
      String series = "warmgate_model_key_calls_total{%skey=\"keys/%s\",model=\"test/sim-1\"}";
      await()
          .untilAsserted(
              () ->
                  assertThat(told.metrics.scrape())
                      .contains(series.formatted("", "k-a"))
                      .contains(series.formatted("error_type=\"refused\",", "k-unknown") + " 1.0")
                      .doesNotContain(series.formatted("", "k-unknown")));
      await().untilAsserted(() -> assertThat(told.log()).contains("\"modelKey\":\"keys/k-a\""));
    }
  }
}
