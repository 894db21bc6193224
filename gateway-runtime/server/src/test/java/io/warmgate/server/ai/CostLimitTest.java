package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static io.warmgate.server.ai.Said.ANTHROPIC_ANSWER;
import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.OPENAI_ANSWER;
import static io.warmgate.server.ai.Said.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Access;
import io.warmgate.config.Consumer;
import io.warmgate.config.Limit;
import io.warmgate.config.Limit.By;
import io.warmgate.config.Limit.Mode;
import io.warmgate.config.Model;
import io.warmgate.config.Price;
import io.warmgate.config.Tensors;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a limit of money counts, on one pod that counts for itself; what it has in common with
 * limits of tokens is in {@link TokenLimitTest}.
 */
class CostLimitTest {
  private static final long HOUR = 3_600_000;

  /** In millionths, as clients are told; a budget of a hundredth. */
  private static final long BUDGET = 10_000;

  /** 1 and 10 for a million tokens, 0.1 out of the provider's cache, 0.0001 for each answer. */
  private static final Price GPT = new Price("USD", 1_000_000, 100_000, 10_000_000, 100_000_000);

  private static final Price CLAUDE = new Price("USD", 3_000_000, 3_000_000, 15_000_000, 0);

  /** {@code hi} is guessed to have 5 tokens, and its answer may have 100. */
  private static final long CLAIMED = 5 + 1_000 + 100;

  /** 3 tokens and 2. */
  private static final long ANSWER = 3 + 20 + 100;

  private final ScriptedProvider gpt =
      new ScriptedProvider(request -> request.answer(OPENAI_ANSWER));
  private final ScriptedProvider claude = ScriptedProvider.saying(ANTHROPIC_ANSWER);
  private final ModelPod pod =
      new ModelPod().model("gpt", Model.Provider.OPENAI, gpt.port(), "/v1");

  @AfterEach
  void end() {
    pod.close();
    gpt.close();
    claude.close();
  }

  /**
   * @param micros millionths of the currency's unit
   */
  static Limit money(By by, long micros, Mode mode) {
    return new Limit(
        "budget", by, Limit.Unit.COST, micros * 1_000, HOUR, Limit.Hits.FREE, mode, "USD");
  }

  private ModelPod limited(By by, long micros) {
    return pod.ruled(rule -> rule.withLimits(List.of(money(by, micros, Mode.ENFORCE))));
  }

  private void priced(String name, Price price) {
    pod.changed(model -> model.names().getFirst().equals(name) ? model.at(price) : model);
  }

  private HttpResponse<String> ask(String text) {
    return pod.post(OPENAI, question("gpt", text));
  }

  private static String answer(int input, int output) {
    return OPENAI_ANSWER.replaceFirst(
        "\"prompt_tokens\":3,\"completion_tokens\":2",
        "\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output);
  }

  private static String field(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** What is left while a question is being asked that claims so much. */
  private static void assertLeft(HttpResponse<?> answer, long micros) {
    assertThat(field(answer, "ratelimit")).startsWith("\"budget\";r=" + micros);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, rate_limit_exceeded",
    "/v1/responses, rate_limit_exceeded",
    "/v1/messages, rate_limit_error",
  })
  void whoHasSpentItGets429InHisOwnWords(String path, String code) {
    priced("gpt", GPT);
    limited(By.ROUTE, CLAIMED + 100).serve();
    gpt.script = request -> request.answer(answer(100, 100));
    HttpResponse<String> first = ask("hi");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(field(first, "ratelimit-policy"))
        .isEqualTo("\"budget\";q=1205;qu=\"micro-USD\";w=3600");
    String asked =
        path.endsWith("responses")
            ? "{\"model\":\"gpt\",\"max_output_tokens\":100,\"input\":\"hi\"}"
            : question("gpt", "hi");
    HttpResponse<String> refused = pod.post(path, asked);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains(code, "budget");
    assertThat(Integer.parseInt(field(refused, "retry-after"))).isBetween(3_000, 3_780);
    assertThat(field(refused, "ratelimit")).matches("\"budget\";r=0;t=[0-9]{4}");
    assertThat(gpt.requests).hasSize(1);
  }

  @Test
  void whatIsClaimedIsPutRightByWhatItCost() {
    priced("gpt", GPT);
    limited(By.ROUTE, BUDGET).serve();
    assertLeft(ask("hi"), BUDGET - CLAIMED);
    gpt.script = request -> request.answer(answer(1_000, 200));
    assertLeft(ask("hi"), BUDGET - ANSWER - CLAIMED);
    gpt.script = request -> request.answer(OPENAI_ANSWER);
    assertLeft(ask("hi"), BUDGET - ANSWER - (1_000 + 2_000 + 100) - CLAIMED);
  }

  @Test
  void whatTheProvidersCacheHadIsCheaper() {
    priced("gpt", GPT);
    limited(By.ROUTE, BUDGET).serve();
    gpt.script =
        request ->
            request.answer(
                answer(1_000, 10)
                    .replace(
                        "\"total_tokens\"",
                        "\"prompt_tokens_details\":{\"cached_tokens\":900},\"total_tokens\""));
    ask("hi");
    assertLeft(ask("hi"), BUDGET - (100 + 90 + 100 + 100) - CLAIMED);
  }

  @Test
  void hitsCostNothing() {
    priced("gpt", GPT);
    limited(By.ROUTE, CLAIMED + 100).cached(ModelPod.KEPT).serve();
    gpt.script = request -> request.answer(answer(100, 100));
    ask("hi");
    assertThat(ask("ho").statusCode()).isEqualTo(429);
    HttpResponse<String> hit = ask("hi");
    assertThat(hit.statusCode()).isEqualTo(200);
    assertThat(status(hit)).contains("; hit");
    assertThat(field(hit, "ratelimit")).as("it says nothing of a hit").isEmpty();
  }

  /** All at once on what is enough for some. */
  @Test
  void noMoreBeginThanTheBudgetCarries() {
    int enough = 7;
    priced("gpt", GPT);
    limited(By.ROUTE, enough * CLAIMED + 500).serve();
    HeldStorm.admits(enough, pod, gpt);
  }

  @Test
  void aPriceThatChangesHoldsFromThenOn() {
    priced("gpt", GPT);
    limited(By.ROUTE, BUDGET).serve();
    ask("hi");
    priced("gpt", new Price("USD", 2_000_000, 2_000_000, 20_000_000, 0));
    pod.serve();
    assertLeft(ask("hi"), BUDGET - ANSWER - (10 + 2_000));
    assertLeft(ask("hi"), BUDGET - ANSWER - (6 + 40) - (10 + 2_000));
  }

  private void standsIn() {
    pod.standIn("claude", "gpt", Model.Provider.ANTHROPIC, claude.port()).beginning(600);
    gpt.script = CostLimitTest::stalls;
  }

  private static void stalls(ScriptedProvider.Request request) throws IOException {
    // Until the gateway gives it up.
    assertThat(request.connection().in().read()).isNegative();
  }

  /** The first model has read it, and somebody pays for that. */
  @Test
  void eachModelThatIsAskedCountsAtItsPrice() {
    standsIn();
    priced("gpt", GPT);
    priced("claude", CLAUDE);
    limited(By.ROUTE, BUDGET).serve();
    assertThat(ask("hi").body()).contains("Hello there");
    HttpResponse<String> after = pod.post(OPENAI, question("claude", "hi"));
    assertLeft(after, BUDGET - (5 + 100) - (9 + 30) - (15 + 1_500));
  }

  @Test
  void eachModelHasABudgetOfItsOwn() {
    standsIn();
    priced("gpt", GPT);
    priced("claude", CLAUDE);
    limited(By.BACKEND, BUDGET).serve();
    ask("hi");
    assertLeft(pod.post(OPENAI, question("claude", "hi")), BUDGET - (9 + 30) - (15 + 1_500));
    gpt.script = request -> request.answer(OPENAI_ANSWER);
    // gpt rests, so that claude is asked again, and what was claimed of gpt is put back.
    assertLeft(ask("hi"), BUDGET - (5 + 100) - CLAIMED);
  }

  /** What it costs would count nowhere. */
  @ParameterizedTest
  @CsvSource({
    ", /v1/chat/completions, \"param\":\"model\"",
    "EUR, /v1/chat/completions, \"param\":\"model\"",
    ", /v1/messages, permission_error",
  })
  void aModelWithoutAPriceInTheCurrencyIsNotAsked(
      @Nullable String currency, String path, String words) {
    if (currency != null) {
      priced("gpt", new Price(currency, 1, 1, 1, 0));
    }
    limited(By.ROUTE, BUDGET).serve();
    HttpResponse<String> refused = pod.post(path, question("gpt", "hi"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body())
        .contains(
            "The model 'gpt' has no price in USD, and the limit 'budget' counts what models cost"
                + " in it.",
            words);
    assertThat(gpt.requests).isEmpty();
    await().until(() -> !pod.ended.isEmpty());
    assertThat(pod.ended.getFirst().reason()).isEqualTo("unpriced");
    assertThat(pod.get("/v1/models").body()).as("and not among the models").doesNotContain("gpt");
  }

  @Test
  void noModelWithoutAPriceStandsIn() {
    standsIn();
    priced("gpt", GPT);
    limited(By.ROUTE, BUDGET).serve();
    assertThat(ask("hi").statusCode()).isEqualTo(504);
    assertThat(claude.requests).isEmpty();
  }

  @Test
  void whoHasAPriceStandsInForOneWithout() {
    pod.standIn("claude", "gpt", Model.Provider.ANTHROPIC, claude.port());
    priced("claude", CLAUDE);
    limited(By.ROUTE, BUDGET).serve();
    HttpResponse<String> answer = ask("hi");
    assertThat(answer.body()).contains("Hello there");
    assertLeft(answer, BUDGET - (15 + 1_500));
    assertThat(gpt.requests).isEmpty();
  }

  /** Who only watches sees that it would be refused. */
  @Test
  void aLimitThatWatchesRefusesNobody() {
    pod.ruled(rule -> rule.withLimits(List.of(money(By.ROUTE, 1, Mode.SHADOW)))).serve();
    assertThat(ask("hi").statusCode()).as("without a price").isEqualTo(200);
    priced("gpt", GPT);
    pod.serve();
    assertThat(ask("hi").statusCode()).as("nothing is spent yet").isEqualTo(200);
    assertThat(ask("hi").statusCode()).as("above it").isEqualTo(200);
    await().until(() -> pod.ended.size() == 3);
    assertThat(pod.ended.stream().map(exchange -> String.valueOf(exchange.overLimit())))
        .containsExactly("budget", "null", "budget");
  }

  @Test
  void consumersHaveBudgetsOfTheirOwn() {
    Consumer red = GuardedTest.consumer("red", "red-key");
    priced("gpt", GPT);
    pod.knowing(
            new Access(
                List.of(),
                List.of(
                    new Consumer(
                        red.id(),
                        red.keys(),
                        red.tokens(),
                        red.certificates(),
                        red.grants(),
                        List.of(money(By.CONSUMER, CLAIMED + 100, Mode.ENFORCE))),
                    GuardedTest.consumer("blue", "blue-key"))))
        .ruled(rule -> rule.withAccess(GuardedTest.KEYS))
        .serve();
    gpt.script = request -> request.answer(answer(100, 100));
    assertThat(asks("red")).isEqualTo(200);
    assertThat(asks("red")).isEqualTo(429);
    assertThat(asks("blue")).isEqualTo(200);
    pod.changed(
        model ->
            new Model(
                model.id(),
                model.provider(),
                model.model(),
                model.names(),
                model.credential(),
                model.defaultMaxTokens(),
                model.readOnlyTools()));
    pod.serve();
    assertThat(asks("red")).as("without a price").isEqualTo(403);
    assertThat(asks("blue")).as("who has no budget").isEqualTo(200);
  }

  private int asks(String who) {
    return pod.post(OPENAI, question("gpt", "hi"), "authorization", "Bearer " + who + "-key")
        .statusCode();
  }

  /** Tensors are no tokens: what an answer costs is all. */
  @Test
  void tensorsCostWhatAnAnswerCosts() {
    gpt.script = request -> request.answer("{\"outputs\":[],\"model_name\":\"m\"}");
    pod.model(
        new Model(
            "test/eye",
            Model.Provider.KSERVE_V2,
            "provider-eye",
            List.of("eye"),
            null,
            512,
            List.of(),
            Tensors.PLAIN,
            new Price("USD", 0, 0, 0, 300_000_000)),
        gpt.port(),
        "");
    limited(By.ROUTE, 1_000).serve();
    String asked =
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}";
    assertLeft(pod.post("/v2/models/eye/infer", asked), 700);
    assertThat(pod.get("/v2/models/eye").statusCode()).isEqualTo(200);
    assertThat(pod.get("/v2/models/eye").statusCode()).isEqualTo(200);
    assertLeft(pod.post("/v2/models/eye/infer", asked), 400);
    assertLeft(pod.post("/v2/models/eye/infer", asked), 100);
    assertThat(pod.post("/v2/models/eye/infer", asked).statusCode()).isEqualTo(429);
  }
}
