package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.warmgate.ai.json.Json;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Model;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;

/** A pod before a provider of vectors, asked for several texts at once. */
abstract class SeveralTexts {
  static final String PATH = "/v1/embeddings";

  final VectorProvider provider = new VectorProvider();
  final ModelPod pod = new ModelPod();

  @AfterEach
  void end() {
    pod.close();
    provider.close();
  }

  final void serve() {
    serve(ModelPod.KEPT);
  }

  final void serve(CacheRule rule) {
    pod.model("e", Model.Provider.OPENAI, provider.port(), "/v1").cached(rule).serve();
  }

  static String of(String input, String more) {
    return "{\"model\":\"e\",\"input\":" + input + more + "}";
  }

  static String list(String... texts) {
    ArrayNode list = Json.array();
    Arrays.asList(texts).forEach(list::add);
    return Json.string(list);
  }

  final HttpResponse<String> ask(String... texts) {
    return pod.post(PATH, of(list(texts), ""));
  }

  final HttpResponse<String> alone(String text) {
    return pod.post(PATH, of("\"" + text + "\"", ""));
  }

  /** Its vectors are those of these texts, of the model that it names. */
  static void assertVectors(HttpResponse<String> answer, String... texts) {
    assertVectors(answer, 4, texts);
  }

  static void assertVectors(HttpResponse<String> answer, int length, String... texts) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String model = Json.parse(answer.body()).path("model").asText();
    assertThat(VectorProvider.vectors(answer))
        .isEqualTo(
            Arrays.stream(texts)
                .map(text -> VectorProvider.vector(text, model, length).base64())
                .toList());
  }

  static long usage(HttpResponse<String> answer) {
    assertThat(answer.body()).contains("\"total_tokens\"");
    return Json.parse(answer.body()).at("/usage/prompt_tokens").asLong();
  }
}
