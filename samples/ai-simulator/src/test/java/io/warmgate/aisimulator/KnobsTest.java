package io.warmgate.aisimulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a model can be told to do, on the wire. */
@Timeout(60)
final class KnobsTest {
  private static final String STREAM = ",\"stream\":true";

  private final Wire wire = new Wire();

  @AfterEach
  void stop() {
    wire.close();
  }

  @Test
  void failsWithAStatusForAWhile() throws Exception {
    wire.control(
        """
        {"models":{"sim-1":{"failure":{"status":503,"retryAfterSeconds":2,"times":2}}}}\
        """);

    HttpResponse<String> first = chat("sim-1", "hello");
    assertThat(first.statusCode()).isEqualTo(503);
    assertThat(first.headers().firstValue("retry-after")).contains("2");
    assertThat(first.body()).contains("server_error");
    assertThat(chat("sim-1", "hello").statusCode()).isEqualTo(503);
    assertThat(chat("sim-1", "hello").statusCode()).isEqualTo(200);
    assertThat(wire.counts("sim-1").path("failed").asInt()).isEqualTo(2);
    assertThat(wire.counts("sim-1").path("requests").asInt()).isEqualTo(3);
  }

  @Test
  void failsInsideAnAnswerThatLooksWell() throws Exception {
    HttpResponse<String> plain = chat("sim-error-inside", "hello");
    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(Wire.JSON.readTree(plain.body()).has("error")).isTrue();

    HttpResponse<String> streamed = stream("sim-error-inside", "hello");
    assertThat(streamed.statusCode()).isEqualTo(200);
    assertThat(streamed.body()).startsWith("data: {\"error\"").doesNotContain("[DONE]");
    assertThat(messages("sim-error-inside", true).body()).startsWith("event: error\n");
  }

  @Test
  void limitsRequestsAndSaysSo() throws Exception {
    HttpResponse<String> first = chat("sim-limited", "hello");
    assertThat(first.headers().firstValue("x-ratelimit-remaining-requests")).contains("2");
    assertThat(
            messages("sim-limited", false)
                .headers()
                .firstValue("anthropic-ratelimit-requests-remaining"))
        .contains("1");
    chat("sim-limited", "hello");

    HttpResponse<String> tooMany = chat("sim-limited", "hello");

    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(tooMany.body()).contains("rate_limit_exceeded");
    assertThat(Integer.parseInt(tooMany.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(1, 60);
    assertThat(tooMany.headers().firstValue("x-ratelimit-remaining-requests")).contains("0");
    assertThat(messages("sim-limited", false).body()).contains("rate_limit_error");
  }

  @Test
  void tellsKeysApart() throws Exception {
    wire.control(
        """
        {"keys":{"sim-key":{"rateLimit":{"requests":1,"windowSeconds":60}}}}\
        """);
    assertThat(chat("sim-1", "hello").statusCode()).isEqualTo(200);
    HttpResponse<String> tooMany = messages("sim-1", false);
    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(tooMany.body()).contains("rate_limit_error");
    assertThat(Integer.parseInt(tooMany.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(1, 60);
    assertThat(wire.counts("sim-1").path("requests").asInt()).isEqualTo(1);

    wire.control(
        """
        {"keys":{"sim-key":{"failure":{"status":403,"times":1}}}}\
        """);
    assertThat(chat("sim-1", "hello").statusCode()).isEqualTo(403);
    assertThat(chat("sim-1", "hello").statusCode()).isEqualTo(200);
    assertThat(wire.control("{}").at("/keys/sim-key/requests").asInt()).isEqualTo(2);
    assertThat(wire.control("{}").at("/keys/sim-key/refused").asInt()).isEqualTo(1);
  }

  @Test
  void limitsTokens() throws Exception {
    wire.control(
        """
        {"models":{"sim-1":{"rateLimit":{"tokens":20,"windowSeconds":60}}}}\
        """);

    assertThat(chat("sim-1", "count 30").statusCode()).isEqualTo(200);
    assertThat(chat("sim-1", "count 30").statusCode()).isEqualTo(429);
  }

  @Test
  void endsAnswersEarly() throws Exception {
    assertThat(chat("sim-length", "hello").body()).contains("\"finish_reason\":\"length\"");
    assertThat(chat("sim-filtered", "hello").body())
        .contains("\"finish_reason\":\"content_filter\"");
    assertThat(chat("sim-refuses", "hello").body()).contains("\"refusal\":\"I cannot");
    assertThat(stream("sim-length", "hello").body()).contains("\"finish_reason\":\"length\"");
    assertThat(messages("sim-length", false).body()).contains("\"stop_reason\":\"max_tokens\"");
    assertThat(messages("sim-filtered", false).body()).contains("\"stop_reason\":\"refusal\"");
    assertThat(messages("sim-refuses", true).body()).contains("\"stop_reason\":\"refusal\"");
    assertThat(responses("sim-filtered")).contains("\"reason\":\"content_filter\"");
    assertThat(responses("sim-length")).contains("\"reason\":\"max_output_tokens\"");
  }

  @Test
  void cutsStreamsAndAnswersOff() throws Exception {
    String received = wire.untilClosed("/v1/chat/completions", body("sim-cut", "count 50", STREAM));

    assertThat(received.lines().filter(line -> line.startsWith("data: "))).hasSize(5);
    assertThat(received).as("the last chunk of HTTP").doesNotContain("\r\n0\r\n");
    assertThatThrownBy(() -> chat("sim-cut", "hello")).isInstanceOf(IOException.class);
    assertThat(wire.counts("sim-cut").path("broken").asInt()).isEqualTo(2);
    assertThat(wire.counts("sim-cut").path("answered").asInt()).isZero();
  }

  @Test
  void leavesOutTheEndOfStreams() throws Exception {
    assertThat(stream("sim-no-terminal", "hello").body())
        .contains("\"finish_reason\":\"stop\"")
        .doesNotContain("[DONE]");
    assertThat(stream("sim-no-finish", "hello").body())
        .doesNotContain("\"finish_reason\":\"stop\"")
        .endsWith("data: [DONE]\n\n");
    assertThat(messages("sim-no-terminal", true).body()).doesNotContain("message_stop");
    assertThat(messages("sim-no-finish", true).body())
        .doesNotContain("message_delta")
        .contains("message_stop");
    assertThat(stream("sim-error-in-stream", "count 50").body())
        .contains("\"content\":\"1\"", "\"error\"")
        .doesNotContain("[DONE]");
  }

  @Test
  void stallsUntilItsClientGoes() throws Exception {
    var request = streaming("sim-stalls", "count 50").timeout(Duration.ofSeconds(10)).build();
    try (var body = wire.client().send(request, BodyHandlers.ofInputStream()).body()) {
      assertThat(new String(body.readNBytes(6), UTF_8)).isEqualTo("data: ");
      assertThat(wire.counts("sim-stalls").path("answered").asInt()).isZero();
    }
    Instant patience = Instant.now().plusSeconds(10);
    while (wire.counts("sim-stalls").path("broken").asInt() == 0) {
      assertThat(Instant.now()).isBefore(patience);
    }
  }

  @Test
  void answersAtThePaceItIsTold() throws Exception {
    wire.control(
        """
        {"models":{"sim-1":{"firstTokenMillis":150,"tokensPerSecond":50}}}\
        """);
    long begun = System.nanoTime();

    stream("sim-1", "count 10");

    // The first of ten tokens after 150 ms, the others 20 ms apart.
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(Duration.ofMillis(325));
  }

  @Test
  void isAnotherModelInAnotherVersion() throws Exception {
    String first = chat("sim-1", "hello").body();
    wire.control("{\"models\":{\"sim-1\":{\"version\":\"9\"}}}");
    String second = chat("sim-1", "hello").body();

    assertThat(first).contains("\"system_fingerprint\":\"fp_1\"", "version 1");
    assertThat(second).contains("\"system_fingerprint\":\"fp_9\"", "version 9");
  }

  @Test
  void comesAndGoesAsIsWanted() throws Exception {
    wire.control("{\"models\":{\"mine\":{},\"sim-1\":null}}");
    assertThat(chat("mine", "hello").statusCode()).isEqualTo(200);
    assertThat(chat("sim-1", "hello").statusCode()).isEqualTo(404);

    wire.control("{\"reset\":true}");
    assertThat(chat("mine", "hello").statusCode()).isEqualTo(404);
    assertThat(chat("sim-1", "hello").statusCode()).isEqualTo(200);
    assertThat(wire.counts("sim-1").path("requests").asInt()).isEqualTo(1);
  }

  @Test
  void countsTokens() throws Exception {
    chat("sim-1", "say one two three");

    assertThat(wire.counts("sim-1").path("answered").asInt()).isEqualTo(1);
    assertThat(wire.counts("sim-1").path("outputTokens").asInt()).isEqualTo(3);
    assertThat(wire.counts("sim-1").path("inputTokens").asInt()).isEqualTo(4 + 4);
  }

  @Test
  void takesNoKnobThatItDoesNotKnow() throws Exception {
    for (String wrong :
        List.of(
            "{\"models\":{\"sim-1\":{\"latency\":1}}}",
            "{\"models\":{\"sim-1\":{\"failure\":{\"status\":302}}}}",
            "{\"models\":{\"sim-1\":{\"end\":\"badly\"}}}",
            "{\"modles\":{}}")) {
      assertThat(wire.send(wire.request("/_simulator", wrong)).statusCode())
          .as(wrong)
          .isEqualTo(400);
    }
  }

  private HttpResponse<String> chat(String model, String text) throws Exception {
    return wire.openAi("/v1/chat/completions", body(model, text, ""));
  }

  private HttpResponse<String> stream(String model, String text) throws Exception {
    return wire.send(streaming(model, text));
  }

  private HttpRequest.Builder streaming(String model, String text) {
    return wire.request("/v1/chat/completions", body(model, text, STREAM))
        .header("Authorization", "Bearer sim-key");
  }

  private HttpResponse<String> messages(String model, boolean streamed) throws Exception {
    return wire.anthropic(body(model, "hello", ",\"max_tokens\":99,\"stream\":" + streamed));
  }

  private String responses(String model) throws Exception {
    return wire.openAi("/v1/responses", "{\"model\":\"" + model + "\",\"input\":\"hello\"}").body();
  }

  private static String body(String model, String text, String more) {
    return """
    {"model":"%s","messages":[{"role":"user","content":"%s"}]%s}\
    """
        .formatted(model, text, more);
  }
}
