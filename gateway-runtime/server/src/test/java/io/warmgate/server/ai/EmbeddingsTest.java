package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.json.Json;
import io.warmgate.config.Model;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vectors: passed on, kept, and written as the client likes. */
class EmbeddingsTest {
  private static final String PATH = "/v1/embeddings";
  private static final String ANSWER =
      """
      {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5, -1.0]}],\
      "model":"e","usage":{"prompt_tokens":1,"total_tokens":1}}\
      """;

  private final ScriptedProvider provider = new ScriptedProvider(request -> request.answer(ANSWER));
  private final ModelPod pod = new ModelPod();

  @BeforeEach
  void begin() {
    pod.model("e", Model.Provider.OPENAI_COMPATIBLE, provider.port(), "/v1")
        .model("claude", Model.Provider.ANTHROPIC, 1, "")
        .cached(ModelPod.KEPT)
        .serve();
  }

  @AfterEach
  void end() {
    pod.close();
    provider.close();
  }

  private static String of(String input, String more) {
    return "{\"model\":\"e\",\"input\":" + input + more + "}";
  }

  @Test
  void passedOnAsTheyAreAndKept() {
    HttpResponse<String> miss = pod.post(PATH, of("\"a\"", ",\"odd\":1.50"));
    assertThat(miss.body()).isEqualTo(ANSWER);
    assertThat(status(miss)).contains("fwd=uri-miss; stored");
    assertThat(provider.last().head()).startsWith("POST /v1/embeddings ");
    assertThat(Json.parse(provider.last().body()))
        .isEqualTo(Json.parse("{\"model\":\"provider-e\",\"input\":\"a\",\"odd\":1.50}"));
    HttpResponse<String> hit = pod.post(PATH, of("\"a\"", ",\"odd\":1.5"));
    assertThat(hit.body()).isEqualTo(ANSWER);
    assertThat(status(hit)).contains("; hit");
    assertThat(status(pod.post(PATH, of("\"b\"", "")))).contains("fwd=uri-miss");
    assertThat(status(pod.post(PATH, of("\"b\"", ",\"dimensions\":2")))).contains("fwd=uri-miss");
  }

  @Test
  void oneEntryInBothEncodings() {
    pod.post(PATH, of("\"a\"", ""));
    HttpResponse<String> hit = pod.post(PATH, of("\"a\"", ",\"encoding_format\":\"base64\""));
    assertThat(status(hit)).contains("; hit");
    assertThat(Json.parse(hit.body()).at("/data/0/embedding").asText()).isEqualTo("AAAAPwAAgL8=");
    assertThat(provider.requests).hasSize(1);
  }

  /** A vector at the wrong place would be kept for another text. */
  @Test
  void notAVectorForEachText() {
    HttpResponse<String> answer = pod.post(PATH, of("[\"a\",\"b\"]", ""));
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("\"error\"");
    pod.post(PATH, of("[\"a\",\"b\"]", ""));
    assertThat(provider.requests).hasSize(2);
  }

  @Test
  void whatMakesNone() {
    HttpResponse<String> answer = pod.post(PATH, of("\"a\"", "").replace("\"e\"", "\"claude\""));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Json.parse(answer.body()).at("/error/param").asText()).isEqualTo("model");
    assertThat(pod.post(PATH, of("[]", "")).statusCode()).isEqualTo(400);
  }
}
