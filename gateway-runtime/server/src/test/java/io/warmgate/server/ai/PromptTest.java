package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.json.Json;
import io.warmgate.config.Model;
import io.warmgate.config.Prompt;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A prompt as an endpoint: values come in, text or JSON goes out. */
class PromptTest {
  private static final String PARAMETERS =
      """
      {"type":"object","required":["text"],"properties":{
        "text":{"type":"string","maxLength":100},
        "tone":{"type":"string","enum":["plain","formal"],"default":"plain"},
        "words":{"type":"integer","minimum":1,"default":20},
        "code":{"type":"string","pattern":"^[a-z]+$"}}}
      """;

  private final ScriptedProvider gpt = ScriptedProvider.saying(OPENAI_ANSWER, OPENAI_STREAM);
  private final ModelPod pod = new ModelPod();

  private void serve(@Nullable String output) {
    Prompt prompt =
        new Prompt(
            "gpt",
            "Sums a text up.",
            "Write {{words}} words, in a {{tone}} tone.",
            "Sum up {{text}}. Not a place: {{{{text}}",
            Json.parse(PARAMETERS),
            output == null ? null : Json.parse(output),
            50L,
            new BigDecimal("0.2"));
    pod.model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1")
        .cached(ModelPod.KEPT)
        .ruled(rule -> rule.withPrompt(prompt))
        .serve();
  }

  @AfterEach
  void end() {
    pod.close();
    gpt.close();
  }

  private JsonNode asked() {
    return Json.parse(gpt.requests.getLast().body().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void valuesBecomeAQuestion() {
    serve(null);
    HttpResponse<String> answer = pod.post("/summaries", "{\"text\":\"a \\\"b\\\" {{tone}}\"}");
    assertThat(answer.body()).isEqualTo("{\"text\":\"Hello there\",\"finishReason\":\"stop\"}");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    JsonNode messages = asked().path("messages");
    assertThat(messages.path(0).path("role").asText()).isEqualTo("system");
    assertThat(messages.path(0).path("content").asText())
        .isEqualTo("Write 20 words, in a plain tone.");
    // As JSON, and what looks like a place in it is none.
    assertThat(messages.path(1).path("content").asText())
        .isEqualTo("Sum up \"a \\\"b\\\" {{tone}}\". Not a place: {{text}}");
    assertThat(asked().path("temperature").decimalValue()).isEqualByComparingTo("0.2");
    assertThat(asked().path("max_completion_tokens").asLong()).isEqualTo(50);
    assertThat(asked().path("model").asText()).isEqualTo("provider-gpt");
  }

  @Test
  void whatWasAnsweredIsKept() {
    serve(null);
    pod.post("/summaries", "{\"text\":\"a\"}");
    HttpResponse<String> again = pod.post("/summaries", "{ \"tone\":\"plain\", \"text\":\"a\" }");
    assertThat(status(again)).contains("hit");
    assertThat(again.body()).contains("Hello there");
    assertThat(status(pod.post("/summaries", "{\"text\":\"b\"}"))).contains("fwd=uri-miss");
    assertThat(gpt.requests).hasSize(2);
  }

  @Test
  void anAnswerStreamsWhereTheClientAsksForThat() {
    serve(null);
    String whole =
        """
        data: {"text":"Hello"}

        data: {"text":" there"}

        event: end
        data: {"finishReason":"stop"}

        """;
    for (String where : new String[] {"provider", "cache"}) {
      HttpResponse<String> answer =
          pod.post("/summaries", "{\"text\":\"a\"}", "accept", "text/event-stream");
      assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
      assertThat(answer.body().replace("{\"text\":\"Hello there\"}", "").isEmpty()).isFalse();
      assertThat(where.equals("cache") ? whole : answer.body()).isEqualTo(whole);
      assertThat(answer.body()).endsWith("event: end\ndata: {\"finishReason\":\"stop\"}\n\n");
    }
    assertThat(gpt.requests).hasSize(1);
  }

  @Test
  void valuesThatDoNotFitAreRefusedByTheirPlace() {
    serve(null);
    assertThat(refused("{\"text\":1}")).isEqualTo("/text");
    assertThat(refused("{}")).isEmpty();
    assertThat(refused("{\"text\":\"a\",\"tone\":\"rude\"}")).isEqualTo("/tone");
    assertThat(refused("{\"text\":\"a\",\"words\":0}")).isEqualTo("/words");
    assertThat(refused("{\"text\":\"a\",\"code\":\"A1\"}")).isEqualTo("/code");
    assertThat(refused("{\"text\":\"a\",\"tome\":\"plain\"}")).isEmpty();
    assertThat(refused("[]")).isEmpty();
    assertThat(refused("{")).isEmpty();
    assertThat(refused("")).isEmpty();
    assertThat(gpt.requests).isEmpty();
  }

  private String refused(String values) {
    HttpResponse<String> answer = pod.post("/summaries", values);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    JsonNode problem = Json.parse(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(400);
    assertThat(problem.path("detail").asText()).isNotEmpty();
    return problem.path("pointer").asText("");
  }

  @Test
  void theAnswerIsJsonWhereItHasASchema() {
    serve("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}");
    gpt.script = request -> request.answer(OPENAI_ANSWER.replace("Hello there", "{\\\"a\\\": 1}"));
    assertThat(pod.post("/summaries", "{\"text\":\"a\"}").body()).isEqualTo("{\"a\":1}");
    assertThat(asked().path("response_format").path("json_schema").path("schema").path("type"))
        .isEqualTo(Json.text("object"));
    assertThat(status(pod.post("/summaries", "{\"text\":\"a\"}"))).contains("hit");
  }

  /** It is not kept either: the next one may be right. */
  @Test
  void whatIsNoJsonIsNoAnswer() {
    serve("{\"type\":\"object\"}");
    HttpResponse<String> answer = pod.post("/summaries", "{\"text\":\"a\"}");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    gpt.script = request -> request.answer(OPENAI_ANSWER.replace("Hello there", "{}"));
    assertThat(pod.post("/summaries", "{\"text\":\"a\"}").body()).isEqualTo("{}");
  }

  @Test
  void errorsOfTheProviderAreProblems() {
    serve(null);
    gpt.script =
        request ->
            request.answer(
                "429 Too Many Requests",
                "application/json",
                "{\"error\":{\"message\":\"slow down\",\"type\":\"requests\"}}");
    HttpResponse<String> answer = pod.post("/summaries", "{\"text\":\"a\"}");
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(Json.parse(answer.body()).path("detail").asText()).isEqualTo("slow down");
  }

  @Test
  void itsDocumentIsServed() {
    serve(null);
    HttpResponse<String> answer = pod.get("/summaries/openapi.json");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode document = Json.parse(answer.body());
    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    JsonNode post = document.path("paths").path("/summaries").path("post");
    JsonNode schema =
        post.path("requestBody").path("content").path("application/json").path("schema");
    assertThat(schema.path("required").path(0).asText()).isEqualTo("text");
    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(gpt.requests).isEmpty();
  }

  @Test
  void otherMethodsAndDialectsAreNotServed() {
    serve(null);
    HttpResponse<String> answer = pod.get("/summaries");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("POST");
    assertThat(pod.post(OPENAI, Said.question("gpt", "hi")).statusCode()).isEqualTo(400);
  }
}
