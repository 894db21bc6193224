package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.json.Json;
import io.warmgate.config.Model;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of what may be named. */
class ModelsTest {
  private final ModelPod pod = new ModelPod();

  @BeforeEach
  void begin() {
    pod.model("gpt", Model.Provider.OPENAI, 1, "/v1")
        .model(
            new Model(
                "test/claude",
                Model.Provider.ANTHROPIC,
                "hidden",
                List.of("claude", "an/other+one", "gpt"),
                null,
                512,
                List.of()),
            1,
            "")
        .serve();
  }

  @AfterEach
  void end() {
    pod.close();
  }

  @Test
  void openAisList() {
    JsonNode list = Json.parse(pod.get("/any/v1/models").body());
    assertThat(list.get("object").asText()).isEqualTo("list");
    assertThat(list.get("data").findValuesAsText("id"))
        .containsExactly("an/other+one", "claude", "gpt");
    assertThat(list.toString()).doesNotContain("hidden");
    JsonNode one = Json.parse(pod.get("/v1/models/claude").body());
    assertThat(one.get("id").asText()).isEqualTo("claude");
    assertThat(one.get("object").asText()).isEqualTo("model");
    for (String path : List.of("/v1/models/an/other+one", "/v1/models/an/other%2Bone")) {
      assertThat(Json.parse(pod.get(path).body()).get("id").asText()).isEqualTo("an/other+one");
    }
    assertThat(pod.get("/v1/models/hidden").statusCode()).isEqualTo(404);
    assertThat(pod.get("/v1/models/hidden").body()).contains("model_not_found");
  }

  @Test
  void anthropicsList() {
    JsonNode list = Json.parse(pod.get("/v1/models", "anthropic-version", "2023-06-01").body());
    assertThat(list.get("data").findValuesAsText("id"))
        .containsExactly("an/other+one", "claude", "gpt");
    assertThat(list.get("has_more").asBoolean()).isFalse();
    assertThat(list.get("last_id").asText()).isEqualTo("gpt");
    assertThat(
            Json.parse(pod.get("/v1/models/gpt", "anthropic-version", "2023-06-01").body())
                .get("type")
                .asText())
        .isEqualTo("model");
    assertThat(pod.get("/v1/models/x", "anthropic-version", "2023-06-01").body())
        .contains("not_found_error");
  }
}
