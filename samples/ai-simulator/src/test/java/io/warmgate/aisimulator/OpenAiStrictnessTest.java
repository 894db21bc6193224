package io.warmgate.aisimulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What OpenAI's API does not take, the simulator does not take either. */
final class OpenAiStrictnessTest {
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
          "foo": 1                                   | foo                      | unknown_parameter
          "max_output_tokens": 1                     | max_output_tokens        | unknown_parameter
          "system": "x"                              | system                   | unknown_parameter
          "temperature": "warm"                      | temperature              | invalid_type
          "temperature": 2.1                         | temperature              | above_max_value
          "n": 0                                     | n                        | below_min_value
          "n": 1.5                                   | n                        | invalid_type
          "stream": "yes"                            | stream                   | invalid_type
          "stop": ["a","b","c","d","e"]              | stop                     | above_max_value
          "tools": [{"type":"function","name":"f"}]  | tools[0].name            | unknown_parameter
          "tools": [{"type":"function","function":{}}] | tools[0].function.name | missing_required_parameter
          "response_format": {"type":"json"}         | response_format.type     | invalid_value
          "response_format": {"type":"json_schema"}  | response_format.json_schema | missing_required_parameter
          "stream_options": {}                       | stream_options           |
          "tool_choice": "auto"                      | tool_choice              |
          "top_logprobs": 2                          | top_logprobs             |
          "max_tokens":1,"max_completion_tokens":1   | max_tokens               |
          """)
  void refusesFieldsOfChat(String field, String param, String code) throws Exception {
    JsonNode error =
        refused(
            "/v1/chat/completions",
            """
            {"model":"sim-1","messages":[{"role":"user","content":"hi"}],%s}\
            """
                .formatted(field));

    assertThat(error.path("param").asText()).isEqualTo(param);
    assertThat(error.path("code").asText(null)).isEqualTo(code);
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"content":"hi"}                                          | messages[0].role
          {"role":"robot","content":"hi"}                           | messages[0].role
          {"role":"user"}                                           | messages[0].content
          {"role":"user","content":null}                            | messages[0].content
          {"role":"user","content":"hi","tool_calls":[]}            | messages[0].tool_calls
          {"role":"user","content":[{"type":"input_text","text":""}]} | messages[0].content[0].type
          {"role":"user","content":[{"type":"text"}]}               | messages[0].content[0].text
          {"role":"user","content":[{"type":"image_url","image_url":"data:"}]} | messages[0].content[0].image_url
          {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]} | messages[0].content[0].image_url.url
          {"role":"assistant"}                                      | messages[0].content
          {"role":"assistant","content":"hi","annotations":[{}]}    | messages[0].annotations
          {"role":"tool","content":"x","tool_call_id":"call_1"}     | messages[0].role
          {"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]} | messages
          {"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":{}}}]} | messages[0].tool_calls[0].function.arguments
          """)
  void refusesMessages(String message, String param) throws Exception {
    JsonNode error =
        refused(
            "/v1/chat/completions",
            """
            {"model":"sim-1","messages":[%s]}\
            """
                .formatted(message));

    assertThat(error.path("param").asText()).isEqualTo(param);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "messages": []                                             | messages
          "max_tokens": 5                                            | max_tokens
          "previous_response_id": "resp_1"                           | previous_response_id
          "background": true                                         | background
          "tools": [{"type":"function","function":{"name":"f"}}]     | tools[0].function
          "tools": [{"type":"web_search"}]                           | tools[0].type
          "text": {"format":{"type":"json_schema","name":"x"}}       | text.format.schema
          """)
  void refusesFieldsOfResponses(String field, String param) throws Exception {
    JsonNode error =
        refused("/v1/responses", "{\"model\":\"sim-1\",\"input\":\"hi\"," + field + "}");

    assertThat(error.path("param").asText()).isEqualTo(param);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"role":"assistant","content":[{"type":"input_text","text":"x"}]}] | input[0].content[0].type
          [{"role":"user","content":[{"type":"output_text","text":"x"}]}]     | input[0].content[0].type
          [{"role":"user","content":[{"type":"text","text":"x"}]}]            | input[0].content[0].type
          [{"type":"function_call_output","call_id":"c","output":"x"}]        | input
          [{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}] | input
          []                                                                  | input
          """)
  void refusesItemsOfResponses(String input, String param) throws Exception {
    JsonNode error = refused("/v1/responses", "{\"model\":\"sim-1\",\"input\":" + input + "}");

    assertThat(error.path("param").asText()).isEqualTo(param);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "input": ""                                | input
          "input": []                                | input
          "input": [1, "a"]                          | input
          "input": "a", "dimensions": 0              | dimensions
          "input": "a", "encoding_format": "hex"     | encoding_format
          "input": "a", "stream": true               | stream
          """)
  void refusesFieldsOfEmbeddings(String fields, String param) throws Exception {
    JsonNode error = refused("/v1/embeddings", "{\"model\":\"sim-embedding\"," + fields + "}");

    assertThat(error.path("param").asText()).isEqualTo(param);
  }

  @Test
  void refusesSchemasThatAreNotStrict() throws Exception {
    JsonNode error =
        refused(
            "/v1/chat/completions",
            """
            {"model":"sim-1","messages":[{"role":"user","content":"hi"}],
             "response_format":{"type":"json_schema","json_schema":{"name":"x","strict":true,
              "schema":{"type":"object","properties":{"a":{"type":"string"}}}}}}\
            """);

    assertThat(error.path("message").asText()).contains("additionalProperties");
  }

  @Test
  void refusesBodiesThatAreNoSingleObject() throws Exception {
    assertThat(refused("/v1/embeddings", "{\"a\":1,\"a\":2}").path("message").asText())
        .contains("Duplicate");
    assertThat(refused("/v1/embeddings", "{} {}").path("message").asText()).contains("JSON");
    assertThat(refused("/v1/embeddings", "[]").path("message").asText()).contains("object");
    assertThat(refused("/v1/embeddings", "").path("message").asText()).contains("object");
  }

  @Test
  void asksForTheKeyBeforeAnythingElse() throws Exception {
    HttpRequest.Builder request = wire.request("/v1/chat/completions", "not even JSON");

    assertThat(wire.send(request).statusCode()).isEqualTo(401);
    assertThat(wire.send(request.header("x-api-key", "sim-key")).statusCode()).isEqualTo(401);
  }

  @Test
  void knowsOnlyItsOwnPathsAndModels() throws Exception {
    String body =
        "{\"model\":\"sim-embedding\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

    assertThat(wire.openAi("/v1/nothing", "{}").statusCode()).isEqualTo(404);
    assertThat(wire.openAi("/v1/chat/completions", body).statusCode()).isEqualTo(404);
  }

  private static JsonNode refused(String path, String body) throws Exception {
    var response = wire.openAi(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    return Wire.JSON.readTree(response.body()).path("error");
  }
}
