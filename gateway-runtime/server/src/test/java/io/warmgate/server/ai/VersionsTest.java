package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.ai.json.Json;
import io.warmgate.aisimulator.AiSimulator;
import io.warmgate.aisimulator.SimulatorOptions;
import io.warmgate.config.Model;
import io.warmgate.config.Tensors;
import io.warmgate.config.admin.ServedVersions;
import io.warmgate.server.FreePort;
import io.warmgate.server.version.VersionBook;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pod finds out of the versions that servers have, and what it makes of those found. */
class VersionsTest {
  private static final String INFER = "/v2/models/eye/infer";
  private static final String QUESTION =
      "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}";

  private final ModelPod pod = new ModelPod();
  private final VersionBook book = pod.pod.watching(new VersionBook.Pace(20, 10));

  @AfterEach
  void end() {
    pod.close();
  }

  private static Model model(Model.Provider provider, String name, Tensors tensors) {
    return new Model(
        "test/eye", provider, name, List.of("eye"), null, 512, List.of(), tensors, null);
  }

  private void awaitReady(String... versions) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(book.states())
                    .singleElement()
                    .extracting(ServedVersions::ready)
                    .isEqualTo(List.of(versions)));
  }

  private static void serve(AiSimulator simulator, String versions) throws Exception {
    String[] all = versions.split(" ", 2);
    String older = all.length == 1 ? "" : "\"" + all[1].replace(" ", "\",\"") + "\"";
    HttpRequest order =
        HttpRequest.newBuilder(simulator.url().resolve("/_simulator"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    ("{\"models\":{\"sim-classifier\":{\"kind\":\"tensor\",\"version\":\"%s\","
                            + "\"olderVersions\":[%s]}}}")
                        .formatted(all[0], older)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(order, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    }
  }

  /** While the server runs, versions come and go. */
  @ParameterizedTest
  @EnumSource(
      value = Model.Provider.class,
      names = {"KSERVE_V2", "TF_SERVING"})
  void whatTheServerHas(Model.Provider provider) throws Exception {
    try (AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests())) {
      pod.model(model(provider, "sim-classifier", Tensors.PLAIN), simulator.url().getPort(), "")
          .serve();
      awaitReady("2", "1");
      assertThat(book.states().getFirst().server())
          .isEqualTo("%s http://127.0.0.1:%d sim-classifier", provider, simulator.url().getPort());
      serve(simulator, "9 10 2");
      awaitReady("10", "9", "2");
      serve(simulator, "10");
      awaitReady("10");
    }
    await().pollDelay(Duration.ofMillis(100)).untilAsserted(() -> awaitReady("10"));
  }

  @Test
  void nobodyAsksWhereTheVersionIsSaid() {
    ScriptedProvider server = new ScriptedProvider(request -> request.answer("{}"));
    try (server) {
      pod.model(
              model(Model.Provider.KSERVE_V2, "resnet", new Tensors("7", null)), server.port(), "")
          .serve();
      assertThat(pod.post(INFER, QUESTION).statusCode()).isEqualTo(502);
      assertThat(server.requests).hasSize(1);
      assertThat(book.states()).isEmpty();
    }
  }

  @Test
  void aServerThatIsAwaySaysNothing() {
    pod.model(model(Model.Provider.KSERVE_V2, "resnet", Tensors.PLAIN), FreePort.onLoopback(), "")
        .serve();
    assertThat(book.states()).isEmpty();
  }

  /** Listed and ready are two things, and one that is not ready is not told as such. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"1\",\"3\",\"2\"] | 200 OK                | 3 2 1 | 3 2 1",
        "[\"1\",\"3\",\"2\"] | 503 Not               | 2 1   | 3 2 1",
        "[\"1\",\"3\",\"2\"] | 400 Bad               | 2 1   | 3 2 1",
        "[\"3\"]             | 503 Not               | ''    | 3",
        "null                | 200 OK                | ''    | ''",
      })
  void whatIsReady(String versions, String ofThree, String ready, String listed) {
    ScriptedProvider server =
        new ScriptedProvider(
            request -> {
              if (request.head().contains("/versions/3/ready ")) {
                request.answer(ofThree, "application/json", "{\"ready\":true}");
              } else if (request.head().contains("/ready ")) {
                request.answer("{\"ready\":true}");
              } else {
                request.answer("{\"name\":\"resnet\",\"versions\":%s}".formatted(versions));
              }
            });
    try (server) {
      pod.model(model(Model.Provider.KSERVE_V2, "resnet", Tensors.PLAIN), server.port(), "/base")
          .serve();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(book.states()).isNotEmpty());
      assertThat(String.join(" ", book.states().getFirst().ready())).isEqualTo(ready);
      assertThat(String.join(" ", book.states().getFirst().listed())).isEqualTo(listed);
      assertThat(server.requests)
          .allSatisfy(
              request -> assertThat(request.head()).startsWith("GET /base/v2/models/resnet"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KSERVE_V2  | 404 Not Found | {\"error\":\"unknown\"}",
        "KSERVE_V2  | 200 OK        | <html>",
        "TF_SERVING | 200 OK        | {\"model_version_status\":[]}",
        "TF_SERVING | 200 OK        | {\"versions\":[\"1\"]}",
      })
  void whatSaysNothing(Model.Provider provider, String came, String body) {
    ScriptedProvider server =
        new ScriptedProvider(request -> request.answer(came, "application/json", body));
    try (server) {
      pod.model(model(provider, "resnet", Tensors.PLAIN), server.port(), "").serve();
      await().until(() -> server.requests.size() > 6);
      assertThat(book.states()).isEmpty();
    }
  }

  /** Which versions there are depends on no key; one that is refused says nothing of them. */
  @Test
  void whereOneKeyIsRefusedTheNextIsTaken() {
    ScriptedProvider server =
        new ScriptedProvider(
            request -> {
              if (request.field("authorization").equals("Bearer sk-good")) {
                request.answer("{\"ready\":true,\"versions\":[\"1\"]}");
              } else {
                request.answer("401 Unauthorized", "application/json", "{}");
              }
            });
    try (server) {
      pod.model(
              model(Model.Provider.KSERVE_V2, "resnet", Tensors.PLAIN)
                  .withKeys(List.of(key("sk-of-yesterday"), key("sk-good"))),
              server.port(),
              "")
          .serve();
      awaitReady("1");
    }
  }

  private Model.Key key(String value) {
    return new Model.Key(Objects.requireNonNull(pod.pod.value(value)), 1);
  }

  private ScriptedProvider asking(String found, String answer, String body) {
    ScriptedProvider server =
        new ScriptedProvider(
            request -> {
              if (request.head().contains("/versions/" + found + "/infer ")) {
                request.answer(answer, "application/json", body);
              } else {
                request.answer("{\"outputs\":[],\"model_version\":\"any\"}");
              }
            });
    pod.model(
            model(Model.Provider.KSERVE_V2, "resnet", Tensors.PLAIN.finding(found)),
            server.port(),
            "")
        .cached(ModelPod.KEPT);
    return server;
  }

  private static long questions(ScriptedProvider server) {
    return server.requests.stream().filter(request -> request.head().startsWith("POST")).count();
  }

  @Test
  void whatWasFoundIsAskedForAndIsTheQuestion() {
    try (ScriptedProvider server =
        asking("4", "200 OK", "{\"outputs\":[],\"model_version\":\"4\"}")) {
      pod.serve();
      HttpResponse<String> miss = pod.post(INFER, QUESTION);
      assertThat(miss.body()).contains("\"4\"");
      assertThat(status(miss)).contains("stored");
      assertThat(status(pod.post("/v2/models/eye/versions/4/infer", QUESTION)))
          .as("the same by name")
          .contains("; hit");
      HttpResponse<String> other = pod.post("/v2/models/eye/versions/3/infer", QUESTION);
      assertThat(other.body()).as("who names one gets it").contains("any");
      assertThat(status(other)).contains("stored");
      assertThat(questions(server)).isEqualTo(2);
      pod.get("/v2/models/eye");
      assertThat(server.requests)
          .as("what it is its server says, of all versions")
          .anyMatch(request -> request.head().startsWith("GET /v2/models/resnet "));
    }
  }

  /**
   * Until the operator has caught up clients get what the server has, and nothing of it is kept.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 Not Found | model 'resnet' has no version '4'",
        "503 Busy      | Request for unknown model: 'resnet' version 4 is not at ready state",
        "400 Bad       | Request for unknown model: 'resnet' version 4 is not found",
      })
  void whereItIsGoneTheServerChooses(String came, String words) {
    try (ScriptedProvider server =
        asking("4", came, Json.string(Json.object().put("error", words)))) {
      pod.serve();
      for (int i = 1; i < 5; i++) {
        HttpResponse<String> answer = pod.post(INFER, QUESTION);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("any");
        assertThat(status(answer)).doesNotContain("stored").doesNotContain("hit");
        assertThat(questions(server)).isEqualTo(2L * i);
      }
      assertThat(pod.post("/v2/models/eye/versions/4/infer", QUESTION).body())
          .as("who names it is told that it is gone")
          .contains(words);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"503 Busy | overloaded", "400 Bad | wrong shape", "500 Internal | out of memory"})
  void anyOtherFailureIsAskedOnce(String came, String words) {
    try (ScriptedProvider server =
        asking("4", came, Json.string(Json.object().put("error", words)))) {
      pod.serve();
      HttpResponse<String> answer = pod.post(INFER, QUESTION);
      assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
      assertThat(answer.body()).contains(words);
      assertThat(questions(server)).isEqualTo(1);
    }
  }

  /** Where the whole model is gone that is what the client is told. */
  @Test
  void whereTheModelIsGoneThatIsTold() {
    try (ScriptedProvider server =
        new ScriptedProvider(
            request ->
                request.answer("404 Not Found", "application/json", "{\"error\":\"gone\"}"))) {
      pod.model(
              model(Model.Provider.KSERVE_V2, "resnet", Tensors.PLAIN.finding("4")),
              server.port(),
              "")
          .serve();
      assertThat(pod.post(INFER, QUESTION).statusCode()).isEqualTo(404);
      assertThat(questions(server)).isEqualTo(2);
    }
  }
}
