package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.aisimulator.AiSimulator;
import io.warmgate.aisimulator.SimulatorOptions;
import io.warmgate.config.Model;
import io.warmgate.config.admin.ServedVersions;
import io.warmgate.server.version.Lately;
import io.warmgate.server.version.VersionBook;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pod hears in models' answers of the versions that made them. */
class HeardVersionsTest {
  private static final int ENOUGH = 4;

  private final AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests());
  private final ModelPod pod = new ModelPod();
  private final VersionBook book = pod.pod.hearing(new Lately(ENOUGH, 0, 600_000));
  private int asked;

  @AfterEach
  void end() {
    pod.close();
    simulator.close();
  }

  private void serve(String model) {
    String key = SimulatorOptions.DEFAULT_KEY;
    pod.model(
            new Model(
                "test/chat",
                Model.Provider.OPENAI,
                model,
                List.of(model.equals(Model.ANY) ? model : "chat"),
                pod.pod.value(key),
                512,
                List.of()),
            simulator.url().getPort(),
            "/v1")
        .cached(ModelPod.KEPT)
        .serve();
  }

  private void ask(String more) {
    String question =
        "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"question %d\"}]%s}"
            .formatted(asked++, more);
    ask200("/v1/chat/completions", question);
  }

  private void ask200(String path, String body) {
    assertThat(pod.post(path, body, "host", "edge").statusCode()).isEqualTo(200);
  }

  private void release(String version) throws Exception {
    HttpRequest order =
        HttpRequest.newBuilder(simulator.url().resolve("/_simulator"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"models\":{\"sim-1\":{\"version\":\"%s\"}}}".formatted(version)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(order, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    }
  }

  private String what(String field) {
    return "OPENAI http://127.0.0.1:%d/v1 sim-1 %s".formatted(simulator.url().getPort(), field);
  }

  private void awaitFingerprints(String... versions) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(book.states())
                    .filteredOn(each -> each.server().equals(what("system_fingerprint")))
                    .extracting(ServedVersions::listed)
                    .containsExactly(List.of(versions)));
  }

  @Test
  void whatAnswersNameWhole() throws Exception {
    serve("sim-1");
    for (int i = 0; i < ENOUGH; i++) {
      assertThat(book.states()).as("too few").isEmpty();
      ask(i % 2 == 0 ? "" : ",\"stream\":true");
    }
    awaitFingerprints("fp_1");
    assertThat(book.states())
        .containsExactly(
            new ServedVersions(what("model"), List.of("sim-1"), List.of("sim-1")),
            new ServedVersions(what("system_fingerprint"), List.of("fp_1"), List.of("fp_1")));
    release("9");
    ask(",\"stream\":true");
    awaitFingerprints("fp_1", "fp_9");
    for (int i = 1; i < ENOUGH; i++) {
      ask("");
    }
    awaitFingerprints("fp_9");
  }

  /** A hit is of whatever version it was. */
  @Test
  void whatIsKeptIsNotHeard() throws Exception {
    serve("sim-1");
    for (int i = 0; i < ENOUGH; i++) {
      ask("");
    }
    awaitFingerprints("fp_1");
    release("9");
    ask("");
    awaitFingerprints("fp_1", "fp_9");
    for (int i = 0; i < 3 * ENOUGH; i++) {
      asked = 0;
      ask("");
    }
    awaitFingerprints("fp_1", "fp_9");
  }

  @Test
  void vectorsNameTheirModel() {
    serve("sim-embedding");
    for (int i = 0; i < ENOUGH; i++) {
      ask200("/v1/embeddings", "{\"model\":\"chat\",\"input\":\"text %d\"}".formatted(i));
    }
    assertThat(book.states())
        .extracting(ServedVersions::ready)
        .containsExactly(List.of("sim-embedding"));
  }

  @Test
  void anyModelHasNoVersion() {
    serve(Model.ANY);
    for (int i = 0; i < 2 * ENOUGH; i++) {
      ask200(
          "/v1/chat/completions",
          "{\"model\":\"sim-%d\",\"messages\":[{\"role\":\"user\",\"content\":\"question %d\"}]}"
              .formatted(1 + i % 2, i));
    }
    assertThat(book.states()).isEmpty();
  }
}
