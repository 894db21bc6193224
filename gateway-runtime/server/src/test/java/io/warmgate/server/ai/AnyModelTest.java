package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.question;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.warmgate.ai.json.Json;
import io.warmgate.aisimulator.AiSimulator;
import io.warmgate.aisimulator.SimulatorOptions;
import io.warmgate.aisimulator.suite.OpenAiClientSuite;
import io.warmgate.aisimulator.suite.Target;
import io.warmgate.config.Limit;
import io.warmgate.config.Model;
import io.warmgate.config.Price;
import io.warmgate.config.Telemetry;
import io.warmgate.config.admin.CredentialState;
import io.warmgate.server.credential.CredentialBook;
import io.warmgate.server.credential.Pace;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One model of a rule that is asked for whichever clients name. */
class AnyModelTest {
  private final ScriptedProvider provider =
      new ScriptedProvider(request -> request.answer(OPENAI_ANSWER));
  private final ScriptedProvider other =
      new ScriptedProvider(request -> request.answer(OPENAI_ANSWER));
  private final ModelPod pod = new ModelPod().cached(ModelPod.KEPT);

  @AfterEach
  void end() {
    pod.close();
    provider.close();
    other.close();
  }

  private Model any(String object, Model.Provider provider, @Nullable Price price) {
    return new Model(
        Model.idOf("test/" + object, Model.ANY),
        provider,
        Model.ANY,
        List.of(Model.ANY),
        pod.pod.value(SimulatorOptions.DEFAULT_KEY),
        512,
        List.of(),
        null,
        price,
        SimulatedGateway.region(provider),
        List.of());
  }

  private ModelPod ofAny() {
    return pod.model(any("any", Model.Provider.OPENAI, null), provider.port(), "/v1");
  }

  private HttpResponse<String> ask(String name) {
    return pod.post(OPENAI, question(name, "hi"));
  }

  @Test
  void whateverAProviderHasIsAskedByItsName() {
    try (AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests())) {
      int port = simulator.url().getPort();
      pod.model(any("sims", Model.Provider.OPENAI, null), port, "/v1")
          .model("named", Model.Provider.OPENAI, provider.port(), "/v1")
          .serve();
      OpenAIClient client =
          OpenAiClientSuite.client(Target.at(URI.create("http://127.0.0.1:" + pod.port()), "any"));
      for (String name : List.of("sim-1", "sim-2", "sim-1")) {
        assertThat(client.chat().completions().create(hello(name)).model()).isEqualTo(name);
      }
      assertThat(
              client
                  .embeddings()
                  .create(EmbeddingCreateParams.builder().model("sim-embedding").input("a").build())
                  .model())
          .isEqualTo("sim-embedding");
      assertThat(pod.inferred).as("each name has an entry of its own").hasSize(3);
      assertThat(client.models().list().data())
          .as("what it may be called is not known")
          .extracting(com.openai.models.models.Model::id)
          .containsExactly("named");
      NotFoundException none =
          catchThrowableOfType(
              NotFoundException.class, () -> client.chat().completions().create(hello("sim-99")));
      assertThat(none.code()).contains("model_not_found");
      HttpResponse<String> anthropic = pod.post(ANTHROPIC, question("sim-99", "hi"));
      assertThat(anthropic.statusCode()).isEqualTo(404);
      assertThat(anthropic.body()).contains("\"type\":\"not_found_error\"");
      client.close();
    }
  }

  private static ChatCompletionCreateParams hello(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("say hello").build();
  }

  @Test
  void theNameIsPartOfTheQuestion() {
    ofAny().serve();
    assertThat(status(ask("a"))).contains("; stored");
    assertThat(provider.last().body()).contains("\"model\":\"a\"");
    assertThat(status(ask("b"))).contains("fwd=uri-miss");
    assertThat(provider.last().body()).contains("\"model\":\"b\"");
    assertThat(status(ask("a"))).contains("; hit");
    assertThat(status(ask("a"))).as("as it was remembered").contains("; hit");
    assertThat(status(ask("b"))).contains("; hit");
    assertThat(status(pod.post(ANTHROPIC, question("b", "hi")))).contains("; hit");
    assertThat(provider.requests).hasSize(2);
  }

  @Test
  void whoHasTheNameIsAskedAndNoOther() {
    ofAny().model("gpt", Model.Provider.ANTHROPIC, other.port(), "").serve();
    ask("gpt");
    assertThat(other.requests).hasSize(1);
    assertThat(provider.requests).as("nor does it stand in").isEmpty();
    pod.ruled(
            rule ->
                rule.withBackends(
                    rule.backends().stream()
                        .map(ref -> ref.withWeight("test/gpt".equals(ref.model()) ? 0 : 1))
                        .toList()))
        .serve();
    assertThat(ask("gpt").statusCode()).isEqualTo(404);
    assertThat(ask("else").statusCode()).isEqualTo(200);
    assertThat(provider.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "..", "../v1/x", "a/../b", "a/.", "a\\\\..\\\\b", "a b", "ü", ""})
  void whatNobodyCouldHaveWrittenDownIsNoName(String name) {
    ofAny().model(any("aws", Model.Provider.BEDROCK, null), provider.port(), "").serve();
    assertThat(ask(name).statusCode()).isIn(400, 404);
    assertThat(ask("x".repeat(257)).statusCode()).isEqualTo(404);
    assertThat(provider.requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GEMINI, /v1beta, /v1beta/models/a.b:generateContent",
    "BEDROCK, '', /model/a.b/converse",
  })
  void whereTheNameStandsInThePathItIsThatOfTheClient(
      Model.Provider asked, String base, String path) {
    provider.script = request -> request.answer("500 No", "application/json", "{}");
    pod.model(any("any", asked, null), provider.port(), base).serve();
    ask("a.b");
    assertThat(provider.last().head()).startsWith("POST " + path + " ");
  }

  @Test
  void metricsHaveNoNameOfAClients() {
    provider.script =
        request ->
            request.answer(
                OPENAI_ANSWER.replace(
                    "made-by-1", Json.parse(request.body().getBytes(UTF_8)).get("model").asText()));
    ofAny().telling(new Telemetry(true, null)).serve();
    try (Telling told = new Telling().of(pod)) {
      ask("whim-1");
      ask("whim-1");
      ask("whim-2");
      await().until(() -> pod.ended.size() == 3);
      assertThat(told.metrics.scrape())
          .contains("warmgate_model_tokens_total{consumer=\"nobody\",model=\"test/any:*\"")
          .contains("gen_ai_request_model=\"*\"")
          .doesNotContain("whim", "warmgate_model_cost_total{");
      assertThat(told.telemetry.spending().read()).hasSize(1);
      assertThat(told.lines())
          .extracting(line -> line.path("model").asText() + " " + line.path("modelAsked").asText())
          .containsExactly("test/any:* whim-1", "test/any:* whim-1", "test/any:* whim-2");
    }
  }

  @Test
  void withoutAPriceItIsNotAskedWhereMoneyCounts() {
    Limit budget = CostLimitTest.money(Limit.By.ROUTE, 10_000, Limit.Mode.ENFORCE);
    ofAny().ruled(rule -> rule.withLimits(List.of(budget))).serve();
    HttpResponse<String> refused = ask("a");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("The model 'a' has no price in USD");
    assertThat(provider.requests).isEmpty();
    pod.changed(model -> model.at(new Price("USD", 1_000_000, 1_000_000, 1_000_000, 0))).serve();
    assertThat(ask("a").statusCode()).isEqualTo(200);
    assertThat(ask("b").headers().firstValue("ratelimit").orElse(""))
        .as("3 tokens and 2 of the first name count, and what the second may take")
        .startsWith("\"budget\";r=" + (10_000 - 5 - 105));
  }

  /** What one client may write moves no other to the next model. */
  @Test
  void whatIsWrongWithAQuestionPutsNobodyToRest() {
    ofAny().model(any("next", Model.Provider.OPENAI, null), other.port(), "/v1", 1).serve();
    provider.script =
        request -> request.answer("400 Bad Request", "application/json", "{\"error\":{}}");
    for (int i = 0; i < 4; i++) {
      assertThat(ask("whim-" + i).statusCode()).isEqualTo(400);
    }
    provider.script = request -> request.answer(OPENAI_ANSWER);
    ask("good");
    assertThat(provider.last().body()).contains("\"good\"");
    assertThat(other.requests).isEmpty();
  }

  @Test
  void geminisSecondNamesAreNone() {
    pod.model(any("any", Model.Provider.GEMINI, null), provider.port(), "/v1beta").serve();
    assertThat(ask("models/gemini-2.5-pro").statusCode()).isEqualTo(404);
    assertThat(provider.requests).isEmpty();
  }

  /** What a client makes up puts nobody to rest, and says nothing of a key. */
  @ParameterizedTest
  @ValueSource(strings = {"404 Not Found", "403 Forbidden"})
  void namesThatNobodyHasChangeNothingForOthers(String refusal) {
    CredentialBook book = pod.pod.proving(new Pace(600_000, 600_000, 600_000));
    ofAny().model(any("next", Model.Provider.OPENAI, null), other.port(), "/v1", 1).serve();
    await().until(() -> book.states().size() == 2);
    CredentialState.Verdict before = book.states().getFirst().verdict();
    provider.script = request -> request.answer(refusal, "application/json", "{\"error\":{}}");
    for (int i = 0; i < 4; i++) {
      assertThat(ask("whim-" + i).statusCode()).as("the next one may have it").isEqualTo(200);
    }
    provider.script = request -> request.answer(OPENAI_ANSWER);
    ask("good");
    assertThat(provider.last().body()).as("it is asked first").contains("\"good\"");
    assertThat(other.last().body()).doesNotContain("\"good\"");
    assertThat(book.states().getFirst().verdict()).isEqualTo(before);
  }
}
