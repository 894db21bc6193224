package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.json.Json;
import io.warmgate.config.Model;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Providers that watch what is asked, and what is said: what each front's clients see of it. */
class WatchedTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String MESSAGES = "/v1/messages";

  private static String asks(String text, String more) {
    return "{\"model\":\"sim-1\",\"max_tokens\":100,%s\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(more, text);
  }

  private static HttpResponse<String> post(SimulatedGateway gateway, String path, String body) {
    return gateway.pod.post(path, body, "authorization", "Bearer key-of-the-client");
  }

  /** Where a question is refused as a request is. */
  @ParameterizedTest
  @EnumSource(names = "AZURE_OPENAI")
  void questionsAreRefused(Model.Provider provider) {
    try (SimulatedGateway gateway = new SimulatedGateway(provider)) {
      for (String form : new String[] {"", "\"stream\":true,"}) {
        HttpResponse<String> chat = post(gateway, CHAT, asks("block this", form));
        assertThat(chat.statusCode()).as(chat.body()).isEqualTo(400);
        JsonNode error = Json.parse(chat.body()).path("error");
        assertThat(error.path("code").asText()).isEqualTo("content_filter");
        HttpResponse<String> message = post(gateway, MESSAGES, asks("block this", form));
        assertThat(message.statusCode()).as(message.body()).isEqualTo(400);
        assertThat(Json.parse(message.body()).at("/error/type").asText())
            .isEqualTo("invalid_request_error");
      }
    }
  }

  /** Where there is no answer to them, which is none that was filtered. */
  @ParameterizedTest
  @EnumSource(names = {"GEMINI", "BEDROCK"})
  void questionsAreNotAnswered(Model.Provider provider) {
    try (SimulatedGateway gateway = new SimulatedGateway(provider)) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> chat = post(gateway, CHAT, asks("block this", ""));
        assertThat(status(chat)).as(chat.body()).doesNotContain("hit");
        assertThat(Json.parse(chat.body()).at("/choices/0/finish_reason").asText())
            .isEqualTo("content_filter");
        HttpResponse<String> streamed = post(gateway, CHAT, asks("block this", "\"stream\":true,"));
        assertThat(streamed.body()).contains("\"finish_reason\":\"content_filter\"", "[DONE]");
        HttpResponse<String> message = post(gateway, MESSAGES, asks("block this", ""));
        assertThat(Json.parse(message.body()).at("/stop_reason").asText()).isEqualTo("refusal");
        HttpResponse<String> events =
            post(gateway, MESSAGES, asks("block this", "\"stream\":true,"));
        assertThat(events.body()).contains("\"stop_reason\":\"refusal\"", "message_stop");
      }
      assertThat(gateway.hits()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AZURE_OPENAI", "GEMINI", "BEDROCK"})
  void answersAreCutAndNeverKept(Model.Provider provider) {
    try (SimulatedGateway gateway = new SimulatedGateway(provider)) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> chat = post(gateway, CHAT, asks("filter what you say", ""));
        assertThat(status(chat)).as(chat.body()).doesNotContain("hit");
        assertThat(Json.parse(chat.body()).at("/choices/0/finish_reason").asText())
            .isEqualTo("content_filter");
        HttpResponse<String> streamed =
            post(gateway, CHAT, asks("filter what you say", "\"stream\":true,"));
        assertThat(streamed.body()).contains("\"finish_reason\":\"content_filter\"", "[DONE]");
        HttpResponse<String> message = post(gateway, MESSAGES, asks("filter what you say", ""));
        assertThat(Json.parse(message.body()).at("/stop_reason").asText()).isEqualTo("refusal");
      }
      assertThat(gateway.hits()).isZero();
    }
  }
}
