package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.json.Json;
import io.warmgate.aisimulator.AiSimulator;
import io.warmgate.aisimulator.SimulatorOptions;
import io.warmgate.aisimulator.bedrock.BedrockDialect;
import io.warmgate.config.BedrockKey;
import io.warmgate.config.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/** Models at Bedrock: who asks, and what becomes of its frames. */
class BedrockTest {
  private static final String KEY = SimulatorOptions.DEFAULT_KEY;
  private static final String USER =
      new BedrockKey.AccessKey(BedrockDialect.ACCESS_KEY_ID, KEY, null).text();
  private static final String SESSION =
      new BedrockKey.AccessKey(BedrockDialect.SESSION_KEY_ID, KEY, BedrockDialect.SESSION_TOKEN)
          .text();

  private final AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests());
  private final ModelPod pod = new ModelPod();

  @AfterEach
  void close() {
    pod.close();
    simulator.close();
  }

  private Model model(String name, @Nullable String key) {
    return new Model(
        "test/" + name,
        Model.Provider.BEDROCK,
        name,
        List.of("claude"),
        key == null ? null : pod.pod.value(key),
        512,
        List.of(),
        null,
        null,
        "eu-central-1",
        List.of());
  }

  private ModelPod simulated(String name, @Nullable String key) {
    return pod.model(model(name, key), simulator.url().getPort(), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "user", "session"})
  void asksByEachKindOfKey(String kind) {
    String key =
        switch (kind) {
          case "key" -> KEY;
          case "user" -> USER;
          default -> SESSION;
        };
    simulated("sim-1", key).serve();
    HttpResponse<String> plain = pod.post(OPENAI, question("claude", "say héllo"));
    assertThat(plain.body()).contains("héllo").contains("\"id\":\"req-");
    assertThat(plain.statusCode()).isEqualTo(200);
    HttpResponse<String> streamed = pod.post(ANTHROPIC, streamed("claude", "count 3"));
    assertThat(streamed.body()).contains("\"1\"", "\" 2\"", "message_stop", "\"id\":\"req-");
  }

  /** Names with colons and slashes go into the path, and into what is signed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.amazon.nova-pro-v1:0",
        "a name ~ with * others ü"
      })
  void signsEachName(String name) {
    simulated(name, USER).serve();
    HttpResponse<String> answer = pod.post(OPENAI, question("claude", "hi"));
    // It is heard, and is not there.
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    assertThat(answer.body()).contains("The provided model identifier is invalid.");
  }

  @Test
  void clientsHearNothingOfAWrongKey() {
    simulated("sim-1", "another").serve();
    turnedAway();
    pod.changed(_ -> model("sim-1", new BedrockKey.AccessKey("AKIAOTHER", "hidden", null).text()))
        .serve();
    turnedAway();
    pod.changed(_ -> model("sim-1", null)).serve();
    turnedAway();
  }

  private void turnedAway() {
    for (String asked : List.of(question("claude", "hi"), streamed("claude", "hi"))) {
      HttpResponse<String> answer = pod.post(OPENAI, asked);
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("does not accept the gateway's credential");
    }
  }

  @Test
  void aRotatedKeyIsUsedAtOnce() {
    simulated("sim-1", new BedrockKey.AccessKey("AKIAOTHER", "x", null).text()).serve();
    turnedAway();
    pod.changed(_ -> model("sim-1", SESSION)).serve();
    assertThat(pod.post(OPENAI, question("claude", "hi")).statusCode()).isEqualTo(200);
  }

  @Test
  void thoughtsGoBackAsTheyWereSigned() {
    simulated("sim-1", USER).cached(ModelPod.KEPT).serve();
    for (String stream : List.of("", ",\"stream\":true")) {
      String asked = question("claude", "why?", ",\"output_config\":{\"effort\":\"max\"}" + stream);
      HttpResponse<String> answer = pod.post(ANTHROPIC, asked);
      assertThat(answer.body()).contains("thinking", "sim-");
    }
    JsonNode said =
        Json.parse(
                pod.post(
                        ANTHROPIC,
                        question("claude", "why?", ",\"output_config\":{\"effort\":\"max\"}"))
                    .body())
            .path("content");
    assertThat(said.path(0).path("signature").asText()).startsWith("sim-");
    String history =
        """
        {"model":"claude","max_tokens":100,"messages":[{"role":"user","content":"why?"},\
        {"role":"assistant","content":%s},{"role":"user","content":"say so"}]}\
        """
            .formatted(said);
    assertThat(pod.post(ANTHROPIC, history).body()).contains("\"text\":\"so\"");
    HttpResponse<String> altered = pod.post(ANTHROPIC, history.replace("sim-", "sin-"));
    assertThat(altered.statusCode()).isEqualTo(400);
    assertThat(altered.body()).contains("Invalid `signature`");
  }

  @Test
  void embeddingsAreRefused() {
    simulated("sim-1", USER).serve();
    HttpResponse<String> answer =
        pod.post("/v1/embeddings", "{\"model\":\"claude\",\"input\":\"a\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("The model 'claude' makes no embeddings.");
  }

  private static byte[] event(String kind, String type, String payload) {
    ByteBuffer encoded =
        new Message(
                Map.of(
                    ":message-type",
                    HeaderValue.fromString(kind),
                    ":" + kind + "-type",
                    HeaderValue.fromString(type)),
                payload.getBytes(UTF_8))
            .toByteBuffer();
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private static byte[] begun() {
    return joined(
        event("event", "messageStart", "{\"role\":\"assistant\"}"),
        event(
            "event",
            "contentBlockDelta",
            "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hello\"}}"));
  }

  private static byte[] whole() {
    return joined(
        begun(),
        event("event", "contentBlockStop", "{\"contentBlockIndex\":0}"),
        event("event", "messageStop", "{\"stopReason\":\"end_turn\"}"),
        event(
            "event",
            "metadata",
            "{\"usage\":{\"inputTokens\":3,\"outputTokens\":2,\"totalTokens\":5}}"));
  }

  private static byte[] joined(byte[]... pieces) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      joined.writeBytes(piece);
    }
    return joined.toByteArray();
  }

  private static void frames(ScriptedProvider.Request request, byte[] bytes) throws IOException {
    request
        .connection()
        .send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.amazon.eventstream\r\n"
                + "Content-Length: "
                + bytes.length
                + "\r\n\r\n"
                + new String(bytes, ISO_8859_1));
  }

  /** A stream of these bytes is no answer that is kept, and ends with an error for the client. */
  private void isNoAnswer(byte[] bytes) {
    try (ScriptedProvider bedrock = new ScriptedProvider(request -> frames(request, bytes))) {
      try (ModelPod alone = new ModelPod()) {
        Model model =
            new Model(
                "test/b",
                Model.Provider.BEDROCK,
                "b",
                List.of("claude"),
                null,
                512,
                List.of(),
                null,
                null,
                "eu-central-1",
                List.of());
        alone.model(model, bedrock.port(), "").cached(ModelPod.KEPT).serve();
        for (int i = 1; i <= 2; i++) {
          HttpResponse<String> heard = alone.post(OPENAI, streamed("claude", "hi"));
          assertThat(heard.body()).contains("error").doesNotContain("[DONE]");
          assertThat(bedrock.requests).hasSize(i);
        }
      }
    }
  }

  @Test
  void whatIsCutOrDamagedIsNeverKept() {
    byte[] whole = whole();
    isNoAnswer(Arrays.copyOf(whole, whole.length - 1));
    isNoAnswer(begun());
    byte[] damaged = whole.clone();
    damaged[whole.length - 30] ^= 1;
    isNoAnswer(damaged);
    byte[] first = whole.clone();
    first[9] ^= 1;
    isNoAnswer(first);
    isNoAnswer(
        joined(
            begun(),
            event("exception", "modelStreamErrorException", "{\"message\":\"oh\"}"),
            whole));
  }

  @Test
  void aWholeStreamIsKept() {
    try (ScriptedProvider bedrock = new ScriptedProvider(request -> frames(request, whole()))) {
      pod.model(model("b", null), bedrock.port(), "").cached(ModelPod.KEPT).serve();
      HttpResponse<String> heard = pod.post(OPENAI, streamed("claude", "hi"));
      assertThat(heard.body()).contains("Hello", "[DONE]");
      HttpResponse<String> again = pod.post(ANTHROPIC, question("claude", "hi"));
      assertThat(status(again)).contains("hit");
      assertThat(again.body()).contains("Hello");
      assertThat(bedrock.requests).hasSize(1);
      assertThat(bedrock.last().head()).contains("POST /model/b/converse-stream HTTP/1.1");
      assertThat(bedrock.last().field("accept")).isEqualTo("application/vnd.amazon.eventstream");
    }
  }

  /** An exception before a word was said is none for the client, where another model answers. */
  @Test
  void anotherModelStandsInForAnException() {
    byte[] busy = event("exception", "throttlingException", "{\"message\":\"busy\"}");
    try (ScriptedProvider bedrock = new ScriptedProvider(request -> frames(request, busy));
        ScriptedProvider gpt = ScriptedProvider.saying(OPENAI_ANSWER, Said.OPENAI_STREAM)) {
      pod.model(model("b", null), bedrock.port(), "")
          .standIn("gpt", "claude", Model.Provider.OPENAI, gpt.port())
          .serve();
      HttpResponse<String> heard = pod.post(OPENAI, streamed("claude", "hi"));
      assertThat(heard.body()).contains("Hello", "[DONE]").doesNotContain("busy");
      assertThat(bedrock.requests).hasSize(1);
      assertThat(gpt.requests).hasSize(1);
    }
  }
}
