package io.warmgate.aisimulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Anthropic's API does not take, the simulator does not take either. */
final class AnthropicStrictnessTest {
  private static final String HI =
      """
      "messages":[{"role":"user","content":"hi"}]\
      """;
  private static Wire wire;

  @BeforeAll
  static void start() {
    wire = new Wire();
  }

  @AfterAll
  static void stop() {
    wire.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "foo": 1                                       | foo: Extra inputs are not permitted
          "stop": ["x"]                                  | stop: Extra inputs are not permitted
          "max_completion_tokens": 5                     | max_completion_tokens: Extra inputs are not permitted
          "temperature": 1.5                             | temperature: Input should be less than or equal to 1
          "stream": 1                                    | stream: Input should be a boolean
          "tools": [{"type":"function","function":{}}]   | tools.0.type: Input should be 'custom'
          "tools": [{"name":"f","parameters":{}}]        | tools.0.parameters: Extra inputs are not permitted
          "tools": [{"name":"f","input_schema":{}}]      | tools.0.input_schema.type: Input should be 'object'
          "tool_choice": "auto"                          | tool_choice: Input should be an object
          "tool_choice": {"type":"auto"}                 | tool_choice: may only be specified while providing tools
          "thinking": {"type":"enabled","budget_tokens":1024} | max_tokens: must be greater than thinking.budget_tokens
          """)
  void refusesFields(String field, String message) throws Exception {
    JsonNode error = refused("{\"model\":\"sim-1\",\"max_tokens\":9," + HI + "," + field + "}");

    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.path("message").asText()).isEqualTo(message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"role":"tool","content":"x"}                                     | messages.0.role
          {"role":"assistant","content":"x"}                                | messages: first message
          {"role":"user","content":""}                                      | messages.0.content
          {"role":"user","content":[{"type":"image_url","image_url":"x"}]}  | messages.0.content.0.type
          {"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]} | messages.0.content.0.source.base64
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t"}]} | messages.0.content.0: unexpected `tool_use_id`
          {"role":"user","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]} | messages.0.content.0.type
          """)
  void refusesMessages(String message, String said) throws Exception {
    JsonNode error =
        refused("{\"model\":\"sim-1\",\"max_tokens\":9,\"messages\":[" + message + "]}");

    assertThat(error.path("message").asText()).startsWith(said);
  }

  @Test
  void wantsMaxTokens() throws Exception {
    assertThat(refused("{\"model\":\"sim-1\"," + HI + "}").path("message").asText())
        .isEqualTo("max_tokens: Field required");
  }

  @Test
  void wantsResultsOfAllCalls() throws Exception {
    JsonNode error =
        refused(
            """
            {"model":"sim-1","max_tokens":9,"messages":[{"role":"user","content":"hi"},
             {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},
             {"role":"user","content":"go on"}]}\
            """);

    assertThat(error.path("message").asText()).contains("without `tool_result` blocks");
  }

  @Test
  void takesNoThoughtsThatItDidNotSign() throws Exception {
    JsonNode error =
        refused(
            """
            {"model":"sim-1","max_tokens":9,"messages":[{"role":"user","content":"hi"},
             {"role":"assistant","content":[{"type":"thinking","thinking":"x","signature":"y"}]},
             {"role":"user","content":"go on"}]}\
            """);

    assertThat(error.path("message").asText()).contains("Invalid `signature`");
  }

  @Test
  void wantsItsOwnHeaders() throws Exception {
    String body = "{\"model\":\"sim-1\",\"max_tokens\":9," + HI + "}";
    HttpResponse<String> bearer =
        wire.send(
            wire.request("/v1/messages", body)
                .header("authorization", "Bearer other")
                .header("anthropic-version", "2023-06-01"));
    HttpResponse<String> unversioned =
        wire.send(wire.request("/v1/messages", body).header("x-api-key", "sim-key"));

    assertThat(bearer.statusCode()).isEqualTo(401);
    assertThat(bearer.body()).contains("authentication_error");
    assertThat(unversioned.statusCode()).isEqualTo(400);
    assertThat(unversioned.body()).contains("anthropic-version");
  }

  private static JsonNode refused(String body) throws Exception {
    HttpResponse<String> response = wire.anthropic(body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    return Wire.JSON.readTree(response.body()).path("error");
  }
}
