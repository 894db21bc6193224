package io.warmgate.aisimulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.suite.Pictures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same conversation gets the same answer, and costs the same tokens, in every dialect. */
final class SameAnswersTest {
  private static Wire wire;

  @BeforeAll
  static void start() {
    wire = new Wire();
  }

  @AfterAll
  static void stop() {
    wire.close();
  }

  @Test
  void talksTheSameInEveryDialect() throws Exception {
    JsonNode chat =
        json(
            wire.openAi(
                    "/v1/chat/completions",
                    """
                    {"model":"sim-1","messages":[
                     {"role":"system","content":"Be brief."},
                     {"role":"user","content":"hello"},
                     {"role":"assistant","content":"Hello!"},
                     {"role":"user","content":[{"type":"image_url","image_url":{"url":"%s"}},
                      {"type":"text","text":"what is it?"}]}]}\
                    """
                        .formatted(Pictures.dataUrl(7)))
                .body());
    JsonNode responses =
        json(
            wire.openAi(
                    "/v1/responses",
                    """
                    {"model":"sim-1","instructions":"Be brief.","input":[
                     {"role":"user","content":"hello"},
                     {"role":"assistant","content":[{"type":"output_text","text":"Hello!"}]},
                     {"role":"user","content":[{"type":"input_image","image_url":"%s"},
                      {"type":"input_text","text":"what is it?"}]}]}\
                    """
                        .formatted(Pictures.dataUrl(7)))
                .body());
    JsonNode message =
        json(
            wire.anthropic(
                    """
                    {"model":"sim-1","max_tokens":99,"system":[{"type":"text","text":"Be brief."}],
                     "messages":[
                     {"role":"user","content":"hello"},
                     {"role":"assistant","content":[{"type":"text","text":"Hello!"}]},
                     {"role":"user","content":[{"type":"image","source":{"type":"base64",
                      "media_type":"image/png","data":"%s"}},
                      {"type":"text","text":"what is it?"}]}]}\
                    """
                        .formatted(Pictures.base64(7)))
                .body());

    String text = chat.at("/choices/0/message/content").asText();
    assertThat(text).contains("what is it?", "with 1 image(s)");
    assertThat(responses.at("/output/0/content/0/text").asText()).isEqualTo(text);
    assertThat(message.at("/content/0/text").asText()).isEqualTo(text);
    int tokens = chat.at("/usage/prompt_tokens").asInt();
    assertThat(responses.at("/usage/input_tokens").asInt()).isEqualTo(tokens);
    assertThat(message.at("/usage/input_tokens").asInt()).isEqualTo(tokens);
  }

  private static JsonNode json(String body) throws Exception {
    return Wire.JSON.readTree(body);
  }
}
