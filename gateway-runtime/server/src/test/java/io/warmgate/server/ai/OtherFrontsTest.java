package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.ANTHROPIC_ANSWER;
import static io.warmgate.server.ai.Said.ANTHROPIC_STREAM;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI_STREAM;
import static io.warmgate.server.ai.Said.question;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.json.Json;
import io.warmgate.config.Model;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Responses API and legacy Completions before models that are asked otherwise. */
class OtherFrontsTest {
  private static final String RESPONSES = "/v1/responses";
  private static final String COMPLETIONS = "/v1/completions";

  private final ScriptedProvider gpt = ScriptedProvider.saying(OPENAI_ANSWER, OPENAI_STREAM);
  private final ScriptedProvider claude =
      ScriptedProvider.saying(ANTHROPIC_ANSWER, ANTHROPIC_STREAM);
  private final ModelPod pod = new ModelPod();

  @BeforeEach
  void begin() {
    pod.model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1")
        .model("claude", Model.Provider.ANTHROPIC, claude.port(), "")
        .cached(ModelPod.KEPT)
        .serve();
  }

  @AfterEach
  void end() {
    pod.close();
    gpt.close();
    claude.close();
  }

  private static String asks(String model, String more) {
    return "{\"model\":\"%s\",\"input\":\"hi\",\"max_output_tokens\":100%s}".formatted(model, more);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude"})
  void responsesAreAnswered(String model) {
    HttpResponse<String> answer = pod.post(RESPONSES, asks(model, ""));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode response = Json.parse(answer.body());
    assertThat(response.at("/object").asText()).isEqualTo("response");
    assertThat(response.at("/status").asText()).isEqualTo("completed");
    assertThat(response.at("/output/0/content/0/text").asText()).isEqualTo("Hello there");
    assertThat(response.at("/max_output_tokens").asInt()).as("what was asked").isEqualTo(100);
    assertThat(response.at("/store").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt", "claude"})
  void responsesAreStreamed(String model) {
    HttpResponse<String> answer = pod.post(RESPONSES, asks(model, ",\"stream\":true"));
    assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
    assertThat(answer.body())
        .contains("event: response.created", "event: response.output_text.delta")
        .contains("event: response.completed", "\"delta\":\"Hello\"")
        .doesNotContain("[DONE]");
  }

  @Test
  void oneEntryAnswersWhateverTheFront() {
    pod.post(OPENAI, question("gpt", "hi"));
    HttpResponse<String> hit = pod.post(RESPONSES, asks("gpt", ""));
    assertThat(status(hit)).contains("hit");
    assertThat(Json.parse(hit.body()).at("/output/0/content/0/text").asText())
        .isEqualTo("Hello there");
    HttpResponse<String> replayed = pod.post(RESPONSES, asks("gpt", ",\"stream\":true"));
    assertThat(status(replayed)).contains("hit");
    assertThat(replayed.body()).contains("event: response.completed");
    assertThat(gpt.requests).hasSize(1);
  }

  @Test
  void completionsAreAnsweredPlainAndStreamed() {
    String asked = "{\"model\":\"claude\",\"prompt\":\"hi\",\"max_tokens\":100%s}";
    HttpResponse<String> plain = pod.post(COMPLETIONS, asked.formatted(""));
    JsonNode completion = Json.parse(plain.body());
    assertThat(completion.at("/object").asText()).as(plain.body()).isEqualTo("text_completion");
    assertThat(completion.at("/choices/0/text").asText()).isEqualTo("Hello there");
    HttpResponse<String> streamed = pod.post(COMPLETIONS, asked.formatted(",\"stream\":true"));
    assertThat(status(streamed)).contains("hit");
    assertThat(streamed.body()).contains("\"text\":\"", "data: [DONE]");
  }

  @Test
  void whatIsWrongIsSaidInTheFrontsWords() {
    HttpResponse<String> unknown = pod.post(RESPONSES, asks("nobody", ""));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(Json.parse(unknown.body()).at("/error/code").asText()).isEqualTo("model_not_found");
    HttpResponse<String> stateful =
        pod.post(RESPONSES, asks("gpt", ",\"previous_response_id\":\"resp_1\""));
    assertThat(stateful.statusCode()).isEqualTo(400);
    assertThat(stateful.body()).contains("previous_response_id");
    HttpResponse<String> several =
        pod.post(COMPLETIONS, "{\"model\":\"gpt\",\"prompt\":[\"a\",\"b\"]}");
    assertThat(several.statusCode()).isEqualTo(400);
    assertThat(several.body()).contains("prompt");
    assertThat(pod.get(RESPONSES).statusCode()).isEqualTo(405);
    assertThat(gpt.requests).isEmpty();
  }
}
