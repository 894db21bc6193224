package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.ANTHROPIC_STREAM;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.json.Json;
import io.warmgate.config.Model;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong, in the words that the client's front has for it. */
class ErrorsTest {
  private final ScriptedProvider gpt =
      new ScriptedProvider(request -> request.answer(OPENAI_ANSWER));
  private final ScriptedProvider claude = new ScriptedProvider(_ -> {});
  private final ModelPod pod = new ModelPod();

  @BeforeEach
  void begin() {
    pod.model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1")
        .model("claude", Model.Provider.ANTHROPIC, claude.port(), "")
        .within(2_000)
        .serve();
  }

  @AfterEach
  void end() {
    pod.close();
    gpt.close();
    claude.close();
  }

  private static void isOpenAis(HttpResponse<String> answer, int status, String type) {
    JsonNode error = Json.parse(answer.body()).get("error");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(error.get("type").asText()).as(answer.body()).isEqualTo(type);
    assertThat(error.get("message").asText()).isNotEmpty();
  }

  private static void isAnthropics(HttpResponse<String> answer, int status, String type) {
    JsonNode root = Json.parse(answer.body());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(root.get("type").asText()).isEqualTo("error");
    assertThat(root.at("/error/type").asText()).as(answer.body()).isEqualTo(type);
    assertThat(root.at("/error/message").asText()).isNotEmpty();
  }

  @Test
  void noModelOfThatName() {
    HttpResponse<String> answer = pod.post(OPENAI, question("provider-gpt", "hi"));
    isOpenAis(answer, 404, "invalid_request_error");
    assertThat(answer.body()).contains("model_not_found", "provider-gpt");
    isAnthropics(pod.post(ANTHROPIC, question("o", "hi")), 404, "not_found_error");
    assertThat(gpt.requests).isEmpty();
  }

  @Test
  void whatCannotBeRead() {
    isOpenAis(pod.post(OPENAI, "{"), 400, "invalid_request_error");
    isOpenAis(pod.post(OPENAI, "[]"), 400, "invalid_request_error");
    isAnthropics(pod.post(ANTHROPIC, ""), 400, "invalid_request_error");
    HttpResponse<String> twice = pod.post(OPENAI, question("gpt", "hi", ",\"model\":\"claude\""));
    isOpenAis(twice, 400, "invalid_request_error");
  }

  @Test
  void whatTheProviderCannotBeTold() {
    HttpResponse<String> answer = pod.post(OPENAI, question("claude", "hi", ",\"seed\":1"));
    isOpenAis(answer, 400, "invalid_request_error");
    assertThat(Json.parse(answer.body()).at("/error/param").asText()).isEqualTo("seed");
    assertThat(claude.requests).isEmpty();
  }

  @Test
  void noSuchPathOrMethod() {
    HttpResponse<String> answer = pod.post("/v1/audio/speech", "{}");
    isOpenAis(answer, 404, "invalid_request_error");
    assertThat(answer.body()).contains("unknown_url");
    isAnthropics(pod.post("/v1/messages/count_tokens", "{}"), 404, "not_found_error");
    HttpResponse<String> method = pod.get(OPENAI);
    isOpenAis(method, 405, "invalid_request_error");
    assertThat(method.headers().firstValue("allow")).hasValue("POST");
    isAnthropics(pod.get(ANTHROPIC), 405, "invalid_request_error");
    assertThat(pod.post("/v1/models", "{}").headers().firstValue("allow")).hasValue("GET");
  }

  @Test
  void moreThanIsHeld() {
    isOpenAis(pod.post(OPENAI, "x".repeat((32 << 20) + 1)), 413, "invalid_request_error");
    isAnthropics(pod.post(ANTHROPIC, "x".repeat((32 << 20) + 1)), 413, "request_too_large");
  }

  @Test
  void whatTheProviderRefuses() {
    gpt.script =
        request ->
            request.answer(
                "429 Too Many Requests",
                "Retry-After: 7\r\nX-RateLimit-Remaining: 0\r\nX-Request-Id: r1\r\n",
                "",
                "{\"error\":{\"message\":\"slow"
                    + " down\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}");
    HttpResponse<String> limited = pod.post(ANTHROPIC, question("gpt", "hi"));
    isAnthropics(limited, 429, "rate_limit_error");
    assertThat(limited.body()).contains("slow down");
    assertThat(limited.headers().firstValue("retry-after")).hasValue("7");
    assertThat(limited.headers().firstValue("x-request-id")).hasValue("r1");
    assertThat(limited.headers().firstValue("x-ratelimit-remaining")).isEmpty();
    isOpenAis(pod.post(OPENAI, streamed("gpt", "hi")), 429, "rate_limit_error");
    claude.script =
        request ->
            request.answer(
                "529 Overloaded",
                "application/json",
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"too"
                    + " much\"}}");
    isOpenAis(pod.post(OPENAI, question("claude", "hi")), 503, "server_error");
    isAnthropics(pod.post(ANTHROPIC, streamed("claude", "hi")), 529, "overloaded_error");
    claude.script = request -> request.answer("500 Oops", "text/html", "<h1>");
    isOpenAis(pod.post(OPENAI, question("claude", "hi")), 500, "server_error");
    isAnthropics(pod.post(ANTHROPIC, question("claude", "hi")), 500, "api_error");
  }

  /**
   * It is not the client's credential that is wrong, and what is said of the gateway's is not his.
   */
  @Test
  void aCredentialThatTheProviderDoesNotTake() {
    gpt.script =
        request ->
            request.answer(
                "401 Unauthorized",
                "application/json",
                "{\"error\":{\"message\":\"Incorrect API key provided:"
                    + " sk-of-g*t\",\"code\":\"invalid_api_key\"}}");
    HttpResponse<String> answer = pod.post(OPENAI, question("gpt", "hi"));
    isOpenAis(answer, 502, "server_error");
    assertThat(answer.body()).doesNotContain("sk-of");
  }

  @Test
  void anErrorInsideWhatLooksWell() {
    gpt.script = request -> request.answer("{\"error\":{\"message\":\"it broke\",\"code\":500}}");
    HttpResponse<String> answer = pod.post(OPENAI, question("gpt", "hi"));
    isOpenAis(answer, 502, "server_error");
    assertThat(answer.body()).contains("it broke");
    gpt.script = request -> request.answer("<html>");
    isAnthropics(pod.post(ANTHROPIC, question("gpt", "hi")), 502, "api_error");
  }

  @Test
  void aProviderThatIsNotThereOrDoesNotAnswer() {
    isAnthropics(pod.post(ANTHROPIC, question("claude", "hi")), 504, "timeout_error");
    gpt.close();
    isOpenAis(pod.post(OPENAI, question("gpt", "hi")), 502, "server_error");
  }

  @Test
  void anAnswerThatBreaksOff() {
    gpt.script =
        request -> {
          request.connection().send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{");
          request.connection().close();
        };
    isOpenAis(pod.post(OPENAI, question("gpt", "hi")), 502, "server_error");
  }

  /** Whatever ends a stream too soon, clients see an error of their own dialect, and no end. */
  @Test
  void aStreamThatIsNotWhole() {
    for (String[] frames :
        List.of(
            new String[] {OPENAI_STREAM[0], OPENAI_STREAM[1]},
            new String[] {OPENAI_STREAM[0], OPENAI_STREAM[1], "data: [DONE]\n\n"},
            new String[] {
              OPENAI_STREAM[0], OPENAI_STREAM[1], "data: {\"error\":{\"message\":\"no\"}}\n\n"
            },
            new String[] {OPENAI_STREAM[0], OPENAI_STREAM[1], "data: {\n\n", OPENAI_STREAM[3]})) {
      gpt.script = request -> request.streamed(frames);
      String same = pod.post(OPENAI, streamed("gpt", "hi")).body();
      assertThat(same).contains("Hello", "data: {\"error\":").doesNotContain("data: [DONE]\n");
      String other = pod.post(ANTHROPIC, streamed("gpt", "hi")).body();
      assertThat(other).contains("Hello", "event: error").doesNotContain("message_stop");
    }
    claude.script =
        request -> {
          request.stream();
          request.chunk(ANTHROPIC_STREAM[0]);
          request.chunk(ANTHROPIC_STREAM[1]);
          request.chunk(ANTHROPIC_STREAM[2]);
          request.connection().close();
        };
    assertThat(pod.post(ANTHROPIC, streamed("claude", "hi")).body())
        .contains("Hello", "event: error")
        .doesNotContain("message_stop");
    assertThat(pod.post(OPENAI, streamed("claude", "hi")).body())
        .contains("Hello", "data: {\"error\":")
        .doesNotContain("data: [DONE]\n");
  }

  @Test
  void aStreamThatIsWholeWithoutItsLastBlankLine() {
    gpt.script =
        request ->
            request.streamed(OPENAI_STREAM[0], OPENAI_STREAM[1], OPENAI_STREAM[3], "data: [DONE]");
    assertThat(pod.post(OPENAI, streamed("gpt", "hi")).body()).endsWith("data: [DONE]\n\n");
    assertThat(pod.post(ANTHROPIC, streamed("gpt", "hi")).body()).contains("message_stop");
  }

  @Test
  void aStreamThatTheFrontCannotSay() {
    gpt.script =
        request ->
            request.streamed(
                OPENAI_STREAM[0],
                OPENAI_STREAM[1].replace("\"index\":0", "\"index\":1"),
                OPENAI_STREAM[3]);
    assertThat(pod.post(ANTHROPIC, streamed("gpt", "hi")).body())
        .contains("event: error")
        .doesNotContain("message_stop");
  }
}
