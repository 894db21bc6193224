package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.json.Json;
import io.warmgate.aisimulator.AiSimulator;
import io.warmgate.aisimulator.SimulatorOptions;
import io.warmgate.config.Model;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of dialects that no client speaks: where they fail, and where they stand in. */
class OtherDialectStandInTest {
  private final AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests());
  private final ModelPod pod = new ModelPod();

  @AfterEach
  void close() {
    pod.close();
    simulator.close();
  }

  private void model(String name, Model.Provider provider, int priority) {
    Model model =
        new Model(
            "test/" + provider + priority,
            provider,
            name,
            List.of("smart"),
            pod.pod.value(SimulatedGateway.credential(provider)),
            512,
            List.of(),
            null,
            null,
            SimulatedGateway.region(provider),
            List.of());
    int port = simulator.url().getPort();
    pod.model(model, port, SimulatedGateway.basePath(provider), priority);
  }

  @ParameterizedTest
  @CsvSource({
    "GEMINI,OPENAI",
    "OPENAI,GEMINI",
    "GEMINI,ANTHROPIC",
    "ANTHROPIC,GEMINI",
    "AZURE_OPENAI,GEMINI",
    "MISTRAL,OPENAI",
    "OPENAI,MISTRAL",
    "MISTRAL,GEMINI",
    "ANTHROPIC,MISTRAL",
    "BEDROCK,OPENAI",
    "ANTHROPIC,BEDROCK",
    "BEDROCK,GEMINI",
  })
  void oneStandsInForTheOther(Model.Provider first, Model.Provider second) {
    model("sim-error", first, 0);
    model("sim-1", second, 1);
    pod.cached(ModelPod.KEPT).serve();
    String asks =
        "{\"model\":\"smart\",\"max_tokens\":99,%s\"messages\":[{\"role\":\"user\",\"content\":\"say"
            + " hello you\"}]}";
    for (String path : List.of("/v1/chat/completions", "/v1/messages")) {
      HttpResponse<String> plain = pod.post(path, asks.formatted(""));
      assertThat(plain.statusCode()).as(plain.body()).isEqualTo(200);
      assertThat(plain.body()).contains("hello you");
      HttpResponse<String> streamed = pod.post(path, asks.formatted("\"stream\":true,"));
      assertThat(streamed.statusCode()).as(streamed.body()).isEqualTo(200);
      assertThat(streamed.body()).contains("hello", " you").doesNotContain("\"error\"");
    }
  }

  @Test
  void signaturesAreForTheirProviderAlone() {
    try (ScriptedProvider gpt = ScriptedProvider.saying(Said.OPENAI_ANSWER)) {
      pod.model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1").serve();
      String call = "call_1__thought__YWJj";
      pod.post(
          "/v1/chat/completions",
          ("{'model':'gpt','messages':[{'role':'user','content':'hi'},"
                  + "{'role':'assistant','tool_calls':[{'id':'ID','type':'function','function':"
                  + "{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'ID',"
                  + "'content':'x'}],'logit_bias':{'5':1}}")
              .replace('\'', '"')
              .replace("ID", call));
      var sent = Json.parse(gpt.last().body());
      assertThat(sent.at("/messages/1/tool_calls/0/id").asText()).isEqualTo("call_1");
      assertThat(sent.at("/messages/2/tool_call_id").asText()).isEqualTo("call_1");
      assertThat(sent.at("/logit_bias/5").asInt()).as("nothing else is lost").isEqualTo(1);
    }
  }
}
