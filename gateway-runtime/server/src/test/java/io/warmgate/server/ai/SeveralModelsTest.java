package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.ANTHROPIC;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.warmgate.aisimulator.AiSimulator;
import io.warmgate.aisimulator.SimulatorOptions;
import io.warmgate.aisimulator.suite.OpenAiClientSuite;
import io.warmgate.aisimulator.suite.Target;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Model;
import io.warmgate.config.Price;
import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.TokenCounts;
import io.warmgate.server.credential.CredentialBook;
import io.warmgate.server.credential.Pace;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several models of one AiModelBackend, as OpenAI's own SDK sees them. */
class SeveralModelsTest {
  private static final Price DOLLARS = new Price("USD", 1_000_000, 1_000_000, 10_000_000, 0);
  private static final Price EUROS = new Price("EUR", 2_000_000, 2_000_000, 2_000_000, 0);

  private final AiSimulator provider = AiSimulator.start(SimulatorOptions.forTests());
  private final Telling told = new Telling();
  private final ModelPod pod = new ModelPod();
  private final CredentialBook book = pod.pod.proving(new Pace(600_000, 20, 20));
  private final OpenAIClient client =
      OpenAiClientSuite.client(Target.at(URI.create("http://127.0.0.1:" + pod.port()), "any"));

  @BeforeEach
  void begin() {
    add("sim-1", List.of("sim-1", "chat"), DOLLARS);
    add("sim-2", List.of("sim-2", "another"), EUROS);
    pod.cached(ModelPod.KEPT).serve();
    told.of(pod);
  }

  @AfterEach
  void end() {
    client.close();
    pod.close();
    told.close();
    provider.close();
  }

  private void add(String name, List<String> names, @Nullable Price price) {
    pod.model(
        new Model(
            Model.idOf("test/sims", name),
            Model.Provider.OPENAI,
            name,
            names,
            pod.pod.value(SimulatorOptions.DEFAULT_KEY),
            512,
            List.of(),
            null,
            price),
        provider.url().getPort(),
        "/v1");
  }

  private ChatCompletion ask(String model) {
    return client
        .chat()
        .completions()
        .create(
            ChatCompletionCreateParams.builder().model(model).addUserMessage("say hello").build());
  }

  private static String cached(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return status(answer);
  }

  private String cached(String model) {
    return cached(pod.post(OPENAI, question(model, "hi")));
  }

  @Test
  void eachIsCalledByItsOwnNames() {
    assertThat(client.models().list().data())
        .extracting(com.openai.models.models.Model::id)
        .containsExactly("another", "chat", "sim-1", "sim-2");
    assertThat(ask("sim-1").model()).isEqualTo("sim-1");
    assertThat(ask("chat").model()).isEqualTo("sim-1");
    assertThat(ask("sim-2").model()).isEqualTo("sim-2");
    assertThat(ask("another").model()).isEqualTo("sim-2");
    assertThat(pod.inferred).as("one entry by either name").hasSize(2);
    for (String nobody : List.of("sims", "sim-embedding")) {
      NotFoundException none = catchThrowableOfType(NotFoundException.class, () -> ask(nobody));
      assertThat(none.code()).contains("model_not_found");
      assertThat(pod.post(ANTHROPIC, question(nobody, "hi")).body())
          .contains("\"type\":\"not_found_error\"");
    }
  }

  private double value(String name, String labels) {
    return told.value(name + "{" + labels + "}");
  }

  @Test
  void eachHasItsPriceAndItsSeriesAndTheBackendTheirSum() {
    long output = 0;
    for (String model : List.of("chat", "sim-2", "sim-2")) {
      output += ask(model).usage().orElseThrow().completionTokens();
    }
    assertThat(output).isPositive();
    await().until(() -> pod.ended.size() == 3);
    String first = "consumer=\"nobody\",currency=\"USD\",model=\"test/sims:sim-1\"";
    String second = "consumer=\"nobody\",currency=\"EUR\",model=\"test/sims:sim-2\"";
    String route = ",route=\"test/ai\"";
    List<ModelTraffic> counted = told.telemetry.spending().read();
    TokenCounts ofFirst = of(counted, DOLLARS).spent();
    assertThat(value("warmgate_model_cost_total", first + route))
        .isPositive()
        .isEqualTo(ofFirst.at(DOLLARS).doubleValue());
    assertThat(value("warmgate_model_saved_cost_total", first + route)).isZero();
    assertThat(value("warmgate_model_cost_total", second + route))
        .isPositive()
        .isEqualTo(value("warmgate_model_saved_cost_total", second + route));
    assertThat(counted).extracting(ModelTraffic::model).containsOnly("test/sims");
    assertThat(ofFirst.output() + 2 * of(counted, EUROS).spent().output()).isEqualTo(output);
  }

  private static ModelTraffic of(List<ModelTraffic> counted, Price price) {
    return counted.stream().filter(any -> price.equals(any.price())).findFirst().orElseThrow();
  }

  /** From the next revision on, in the shares that the rule has left. */
  private void serve(Predicate<String> left, String generationOfSecond) {
    pod.ruled(
        rule ->
            rule.withBackends(
                rule.backends().stream()
                    .filter(ref -> left.test(String.valueOf(ref.model())))
                    .map(
                        ref ->
                            "test/sims:sim-2".equals(ref.model())
                                ? of(ref, generationOfSecond)
                                : ref)
                    .toList()));
    pod.serve();
  }

  private static BackendRef of(BackendRef ref, String generation) {
    return new BackendRef(ref.backend(), ref.weight(), generation, ref.model(), ref.priority());
  }

  @Test
  void anotherVersionOfOneLeavesWhatTheOthersSaid() {
    assertThat(cached("sim-1")).contains("; stored");
    assertThat(cached("sim-2")).contains("; stored");
    serve(_ -> true, "another");
    assertThat(cached("chat")).contains("; hit");
    assertThat(cached("sim-2")).contains("fwd=uri-miss");
  }

  @Test
  void oneThatIsTakenOutIsNotThereAndTheOthersAre() {
    assertThat(cached("sim-1")).contains("; stored");
    assertThat(cached("sim-2")).contains("; stored");
    serve(id -> !id.endsWith(":sim-2"), "g1");
    assertThat(client.models().list().data()).hasSize(2);
    assertThat(pod.post(OPENAI, question("sim-2", "hi")).statusCode()).isEqualTo(404);
    assertThat(cached("sim-1")).contains("; hit");
  }

  @Test
  void thePathOfTheBackendPurgesThemAll() {
    cached("sim-1");
    cached("sim-2");
    pod.pod.log.apply(
        new PurgeOrder(
            "1",
            new PurgeRequest(
                List.of(),
                List.of("/models/test/sims"),
                null,
                List.of(),
                false,
                PurgeRequest.Mode.HARD),
            null));
    assertThat(cached("chat")).contains("detail=purged");
    assertThat(cached("another")).contains("detail=purged");
  }

  @Test
  void theirKeyIsAskedAboutOnce() {
    await().until(() -> !book.states().isEmpty());
    assertThat(book.states())
        .extracting(CredentialState::model, CredentialState::verdict)
        .containsExactly(tuple("test/sims", CredentialState.Verdict.ACCEPTED));
  }
}
